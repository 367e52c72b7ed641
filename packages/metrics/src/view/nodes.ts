import type { ConnectRecord, FactRecord, HeaderRecord, NodeRecord, OpRecord, SampleRecord } from '@faultline/trace';
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
    const place = this.#places.get(node);
    return place !== undefined && (this.list[place]?.writable ?? false);
  }

  changed({ atUs, node, az, role, status, writable, readable, fenced }: NodeRecord): void {
    this.#update(node, (known) => ({
      ...known,
      az,
      role,
      status,
      writable,
      readable,
      fenced,
      sinceUs: known.status === status && known.role === role ? known.sinceUs : atUs,
    }));
  }

  learned({ atUs, fact, node, outcome }: FactRecord): void {
    if (node === undefined || !tellsWhetherItAnswers(fact)) return;
    this.#update(node, (known) => ({ ...known, lastFact: { fact, atUs, accepted: outcome === 'accepted' } }));
  }

  sampled({ atUs, node, lagUs, lagEntries, atRiskEntries, atRiskUs }: SampleRecord): void {
    this.#update(node, (known) => ({ ...known, lag: { atUs, lagUs, lagEntries, atRiskEntries, atRiskUs } }));
  }

  connected({ atUs, node, outcome }: ConnectRecord): void {
    if (node !== null) this.#found(node, atUs, outcome === 'ok');
  }

  served({ atUs, node, outcome, position }: OpRecord): void {
    if (node === undefined) return;
    this.#found(node, atUs, outcome === 'ok');
    if (position === undefined) return;
    this.#update(node, (known) => {
      const older =
        known.position !== null &&
        (position.timeline < known.position.timeline ||
          (position.timeline === known.position.timeline && position.lsn <= known.position.lsn));
      return older ? known : { ...known, position };
    });
  }

  #found(node: string, atUs: number, answered: boolean): void {
    this.#update(node, (known) => ({
      ...known,
      clients: answered ? { ...known.clients, answeredAtUs: atUs } : { ...known.clients, failedAtUs: atUs },
    }));
  }

  #update(node: string, change: (known: NodeView) => NodeView): void {
    const place = this.#places.get(node);
    const known = place === undefined ? undefined : this.list[place];
    if (known !== undefined) this.list[place as number] = change(known);
  }
}
