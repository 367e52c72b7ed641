import type { HeaderDatabase, NodeRecord, OperatorRecord, Phase, StateRecord, TraceRecord } from '@faultline/trace';
import { lastWithin } from '../instants.ts';
import { type Claim, Claims } from './claims.ts';

/** A time in which a chart was in one phase, or a person had to act. Infinity while it lasts. */
interface Period {
  readonly fromUs: number;
  toUs: number;
}

/** Which part of whose outage is to be explained. */
export interface ClaimedSpan {
  readonly cohort: string;
  readonly action: 'write' | 'read';
  readonly fromUs: number;
  readonly toUs: number;
}

interface DatabaseLog {
  readonly acts: HeaderDatabase['acts'];
  readonly phases: (Period & { readonly chart: string; readonly phase: Phase })[];
  readonly steps: (Period & { readonly step: string; readonly who: string })[];
  /** When the answer for one of its endpoints changed to something. */
  readonly repointedUs: number[];
  readonly serving: { readonly write: Serving; readonly read: Serving };
}

interface Serving {
  readonly nodes: Set<string>;
  /** When the first node began to serve after none did, and when the last one ceased to. */
  readonly beganUs: number[];
  readonly ceasedUs: number[];
}

/** What the service and its operators did and when, database by database: the first part of every waterfall. */
export class ServiceLog {
  readonly #databases = new Map<string, DatabaseLog>();
  readonly #cohorts = new Set<string>();

  add(record: TraceRecord): void {
    switch (record.type) {
      case 'header':
        for (const { database, acts } of record.databases) this.#databases.set(database, emptyLog(acts));
        for (const { cohort } of record.cohorts) this.#cohorts.add(cohort);
        break;
      case 'state':
        this.#changedState(record);
        break;
      case 'operator':
        this.#operatorActed(record);
        break;
      case 'dns':
        if (record.nodes.length > 0) this.#of(record.database).repointedUs.push(record.atUs);
        break;
      case 'node':
        this.#changedServing(record);
        break;
    }
  }

  acts(database: string): HeaderDatabase['acts'] {
    return this.#of(database).acts;
  }

  /**
   * What is claimed within a span, cut to it, in order and without overlap. Charts come before people, whose
   * steps count as the phase of decision, and earlier databases of the list before later ones. What people were
   * called for delays clients only until service begins again: the rest is tidying up.
   */
  claims(databases: readonly string[], { cohort, action, fromUs, toUs }: ClaimedSpan): readonly Claim[] {
    const claims = new Claims(fromUs, toUs);
    for (const database of databases) {
      const { acts, phases } = this.#of(database);
      for (const one of phases) claims.add(database, one.phase, acts[one.phase] ?? 'provider', one.fromUs, one.toUs);
    }
    for (const database of databases) {
      const servedUs = this.servedAgainUs(database, action, fromUs, toUs) ?? Number.POSITIVE_INFINITY;
      for (const step of this.#of(database).steps) {
        if (step.who === cohort) claims.add(database, 'decision', 'customer', step.fromUs, step.toUs);
        else if (!this.#cohorts.has(step.who))
          claims.add(database, 'decision', 'customer', step.fromUs, Math.min(step.toUs, servedUs));
      }
    }
    return claims.list;
  }

  /** Whether an endpoint was pointed elsewhere within a span, both ends included. */
  repointedWithin(database: string, fromUs: number, toUs: number): boolean {
    return lastWithin(this.#of(database).repointedUs, fromUs, toUs) !== null;
  }

  /** When service began again within a span after no node had served; null when there was no such moment. */
  servedAgainUs(database: string, action: 'write' | 'read', fromUs: number, toUs: number): number | null {
    return lastWithin(this.#of(database).serving[action].beganUs, fromUs, toUs);
  }

  /** Whether any node would have served at an instant; true when nothing is known. */
  servesAt(database: string, action: 'write' | 'read', atUs: number): boolean {
    const { beganUs, ceasedUs } = this.#of(database).serving[action];
    const ceased = lastWithin(ceasedUs, 0, atUs);
    const began = lastWithin(beganUs, 0, atUs);
    return ceased === null || (began !== null && began >= ceased);
  }

  #of(database: string): DatabaseLog {
    let log = this.#databases.get(database);
    if (!log) {
      log = emptyLog({});
      this.#databases.set(database, log);
    }
    return log;
  }

  #changedState({ database, chart, phase, atUs }: StateRecord): void {
    const { phases } = this.#of(database);
    const current = phases.findLast((known) => known.chart === chart);
    if (current?.toUs === Number.POSITIVE_INFINITY) {
      if (current.phase === phase) return;
      current.toUs = atUs;
    }
    if (phase !== undefined) phases.push({ chart, phase, fromUs: atUs, toUs: Number.POSITIVE_INFINITY });
  }

  #operatorActed({ database, edge, step, who, atUs }: OperatorRecord): void {
    const { steps } = this.#of(database);
    if (edge === 'called') {
      steps.push({ step, who, fromUs: atUs, toUs: Number.POSITIVE_INFINITY });
      return;
    }
    const place = steps.findIndex((known) => known.step === step && known.toUs === Number.POSITIVE_INFINITY);
    const open = steps[place];
    if (!open) return;
    // Nobody waited for a step that was not needed in the end: they waited for what ended the trouble.
    if (edge === 'dismissed') steps.splice(place, 1);
    else open.toUs = atUs;
  }

  #changedServing(record: NodeRecord): void {
    const { serving } = this.#of(record.database);
    note(serving.write, record.node, record.writable, record.atUs);
    note(serving.read, record.node, record.readable, record.atUs);
  }
}

function note(serving: Serving, node: string, serves: boolean, atUs: number): void {
  const { nodes } = serving;
  const before = nodes.size;
  if (serves) nodes.add(node);
  else nodes.delete(node);
  if (before === 0 && nodes.size > 0) serving.beganUs.push(atUs);
  if (before > 0 && nodes.size === 0) serving.ceasedUs.push(atUs);
}

function emptyLog(acts: HeaderDatabase['acts']): DatabaseLog {
  const serving = (): Serving => ({ nodes: new Set(), beganUs: [], ceasedUs: [] });
  return { acts, phases: [], steps: [], repointedUs: [], serving: { write: serving(), read: serving() } };
}
