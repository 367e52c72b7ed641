import type { NodeRecord, OpRecord, TraceRecord } from '@faultline/trace';
import type { Fold } from './fold.ts';
import { RUN_ENDED } from './recovery/cohort-recovery.ts';

/** What a run may have shown at some instant: most of what a scenario's `sometimes` can ask for. */
export const SIGNS = [
  'client-connection-reset',
  'read-only-error',
  'indeterminate-write',
  'stale-read',
  'failover',
  'waiting-for-person',
] as const;
export type Sign = (typeof SIGNS)[number];

/** Reasons for which a client drops a connection that still works. All others mean that it lost one. */
const GIVEN_UP_BY_CHOICE: readonly string[] = ['retired', 'read-only'];

/** Which signs were seen, each at its first instant. So a scenario cannot pass by never exercising its fault. */
export class SignsFold implements Fold<Readonly<Partial<Record<Sign, number>>>> {
  readonly #seenAtUs: Partial<Record<Sign, number>> = {};
  /** By database: another node than the last one to write becomes writable, which is a failover even on a shared volume. */
  readonly #writers = new Map<string, { readonly nodes: Set<string>; last: string | null }>();

  add(record: TraceRecord): void {
    switch (record.type) {
      case 'op':
        this.#operation(record);
        break;
      case 'disconnect':
        if (!GIVEN_UP_BY_CHOICE.includes(record.reason)) this.#saw('client-connection-reset', record.atUs);
        break;
      case 'timeline':
        this.#saw('failover', record.atUs);
        break;
      case 'state':
        if (record.tags.includes('waiting-for-person')) this.#saw('waiting-for-person', record.atUs);
        break;
      case 'node':
        this.#writable(record);
        break;
    }
  }

  result(): Readonly<Partial<Record<Sign, number>>> {
    return { ...this.#seenAtUs };
  }

  #operation({ outcome, action, error, staleUs, atUs }: OpRecord): void {
    if (outcome === 'ok') {
      if (staleUs !== undefined && staleUs > 0) this.#saw('stale-read', atUs);
      return;
    }
    if (error === RUN_ENDED) return;
    if (outcome === 'indeterminate' && action === 'write') this.#saw('indeterminate-write', atUs);
    if (error === 'read-only') this.#saw('read-only-error', atUs);
  }

  #writable({ database, node, writable, atUs }: NodeRecord): void {
    let writers = this.#writers.get(database);
    if (!writers) {
      writers = { nodes: new Set(), last: null };
      this.#writers.set(database, writers);
    }
    const { nodes, last } = writers;
    if (writable) {
      if (nodes.size === 0 && last !== null && last !== node) this.#saw('failover', atUs);
      nodes.add(node);
    } else if (nodes.delete(node) && nodes.size === 0) writers.last = node;
  }

  #saw(sign: Sign, atUs: number): void {
    this.#seenAtUs[sign] ??= atUs;
  }
}
