import type {
  ConnectRecord,
  FactRecord,
  HeaderRecord,
  LogPosition,
  NodeRecord,
  OpRecord,
  SampleRecord,
} from '@faultline/trace';
import type { Mutable } from './mutable.ts';
import { tellsWhetherItAnswers } from './observer-view.ts';
import type { NodeView } from './view-state.ts';

/** Every node as it is, and as the control plane and the clients last found it. */
export class Nodes {
  readonly list: NodeView[];
  readonly #places = new Map<string, number>();

  constructor(list: NodeView[] = []) {
    this.list = list;
    for (const [place, { node }] of list.entries()) this.#places.set(node, place);
  }

  begin(header: HeaderRecord): void {
    for (const { database, nodes } of header.databases) {
      for (const { node, az, region, role } of nodes) {
        this.#places.set(node, this.list.length);
        this.list.push({
          database,
          node,
          az,
          region,
          role,
          status: 'absent',
          sinceUs: 0,
          writable: false,
          readable: false,
          fenced: false,
          position: null,
          lag: null,
          lastFact: null,
          clients: { answeredAtUs: null, failedAtUs: null },
        });
      }
    }
  }

  isWritable(node: string): boolean {
    return this.#find(node)?.writable ?? false;
  }

  changed({ atUs, node, az, role, status, writable, readable, fenced }: NodeRecord): void {
    const known = this.#find(node);
    if (known === undefined) return;
    const sinceUs = known.status === status && known.role === role ? known.sinceUs : atUs;
    Object.assign(known, { az, role, status, writable, readable, fenced, sinceUs });
  }

  learned({ atUs, fact, node, outcome }: FactRecord): void {
    const known = node === undefined ? undefined : this.#find(node);
    if (known !== undefined && tellsWhetherItAnswers(fact))
      known.lastFact = { fact, atUs, accepted: outcome === 'accepted' };
  }

  sampled({ atUs, node, lagUs, lagEntries, atRiskEntries, atRiskUs }: SampleRecord): void {
    const known = this.#find(node);
    if (known !== undefined) known.lag = { atUs, lagUs, lagEntries, atRiskEntries, atRiskUs };
  }

  connected({ atUs, node, outcome }: ConnectRecord): void {
    const known = node === null ? undefined : this.#find(node);
    if (known !== undefined) heard(known, atUs, outcome === 'ok');
  }

  served({ atUs, node, outcome, position }: OpRecord): void {
    const known = node === undefined ? undefined : this.#find(node);
    if (known === undefined) return;
    heard(known, atUs, outcome === 'ok');
    if (position !== undefined && isNewer(position, known.position)) known.position = position;
  }

  /** Changed in place: a new object for every operation would cost more than all else that is done with it here. */
  #find(node: string): Mutable<NodeView> | undefined {
    const place = this.#places.get(node);
    return place === undefined ? undefined : this.list[place];
  }
}

/** What clients learned of it. */
function heard({ clients }: Mutable<NodeView>, atUs: number, answered: boolean): void {
  if (answered) clients.answeredAtUs = atUs;
  else clients.failedAtUs = atUs;
}

function isNewer({ timeline, lsn }: LogPosition, known: LogPosition | null): boolean {
  if (known === null || timeline > known.timeline) return true;
  return timeline === known.timeline && lsn > known.lsn;
}
