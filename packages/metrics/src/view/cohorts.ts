import type {
  ConnectRecord,
  DisconnectRecord,
  HeaderRecord,
  NodeRecord,
  NodeStatus,
  OpRecord,
  ResolveRecord,
} from '@faultline/trace';
import { RUN_ENDED } from '../recovery/cohort-recovery.ts';
import { poolSizeOf } from '../resolved-scenario.ts';
import type { Mutable } from './mutable.ts';
import { ANSWERS_MAX, type AnswerView, type CohortView, type ConnectionsView } from './view-state.ts';

type Cohort = Mutable<CohortView>;

/** What the clients hold: answers of DNS, connections, and how their operations went. */
export class Cohorts {
  readonly list: Cohort[];
  readonly #answerPlaces = new Map<string, number>();
  readonly #byName = new Map<string, Cohort>();
  open = 0;
  broken = 0;

  constructor(list: Cohort[] = []) {
    this.list = list;
    for (const cohort of list) {
      this.#byName.set(cohort.cohort, cohort);
      for (const [place, { client }] of cohort.answers.entries())
        this.#answerPlaces.set(`${cohort.cohort}/${client}`, place);
      for (const { open, broken } of cohort.connections) {
        this.open += open;
        this.broken += broken;
      }
    }
  }

  begin(header: HeaderRecord): void {
    for (const { cohort, database, from, clients } of header.cohorts) {
      const view: Cohort = {
        cohort,
        database,
        from,
        clients,
        pooled: poolSizeOf(header.resolved, cohort) !== 0,
        answers: [],
        connections: [],
        ok: 0,
        failed: 0,
        indeterminate: 0,
        lastOkUs: null,
        lastWrongUs: null,
        lastError: null,
      };
      this.list.push(view);
      this.#byName.set(cohort, view);
    }
  }

  resolved({ atUs, cohort, client, endpoint, node, expiresAtUs }: ResolveRecord): void {
    const answers = this.#byName.get(cohort)?.answers;
    if (answers === undefined || client >= ANSWERS_MAX) return;
    const answer: AnswerView = { client, endpoint, node, atUs, expiresAtUs };
    const place = this.#answerPlaces.get(`${cohort}/${client}`);
    if (place !== undefined) answers[place] = answer;
    else {
      this.#answerPlaces.set(`${cohort}/${client}`, answers.length);
      answers.push(answer);
    }
  }

  connected({ cohort, node, outcome }: ConnectRecord): void {
    const known = this.#byName.get(cohort);
    if (known === undefined || !known.pooled || node === null || outcome !== 'ok') return;
    connectionsTo(known, node).open++;
    this.open++;
  }

  disconnected({ cohort, node }: DisconnectRecord): void {
    const known = this.#byName.get(cohort);
    if (known === undefined || !known.pooled) return;
    const connections = connectionsTo(known, node);
    if (connections.open === 0) return;
    connections.open--;
    this.open--;
    if (connections.broken === 0) return;
    connections.broken--;
    this.broken--;
  }

  /** A process that ends takes all its connections with it, whether or not their clients notice. */
  nodeChanged({ node, status }: NodeRecord): void {
    if (hasProcess(status)) return;
    for (const cohort of this.list) {
      for (const connections of cohort.connections) {
        if (connections.node !== node) continue;
        this.broken += connections.open - connections.broken;
        connections.broken = connections.open;
      }
    }
  }

  served({ atUs, cohort, outcome, error }: OpRecord): void {
    const known = this.#byName.get(cohort);
    if (known === undefined || error === RUN_ENDED) return;
    if (outcome === 'ok') {
      known.ok++;
      known.lastOkUs = atUs;
      return;
    }
    if (outcome === 'fail') known.failed++;
    else known.indeterminate++;
    known.lastWrongUs = atUs;
    known.lastError = error ?? null;
  }
}

function hasProcess(status: NodeStatus): boolean {
  return status === 'running' || status === 'recovering' || status === 'starting';
}

function connectionsTo(cohort: Cohort, node: string): Mutable<ConnectionsView> {
  const known = cohort.connections.find((connections) => connections.node === node);
  if (known !== undefined) return known;
  const connections = { node, open: 0, broken: 0 };
  cohort.connections.push(connections);
  return connections;
}
