import type { HeaderRecord, OpRecord } from '@faultline/trace';
import { resolvedAt, tablesOf } from '../deployments.ts';
import type { Invariant, Violation } from '../invariant.ts';
import { GLOBAL_TABLES } from '../sources.ts';
import { at, NONE, PerDatabase, watchOf } from '../watching.ts';

/** An acknowledged write, and the one that began last among it and all that were acknowledged before it. */
interface Acknowledged {
  readonly ackedAtUs: number;
  readonly latest: OpRecord;
}

interface State {
  readonly byKey: Map<number, Acknowledged[]>;
  /** By number of the write: when its client knew that it had succeeded. */
  readonly ackedAtUs: Map<number, number>;
}

/** A strong read returns what was acknowledged last before it began, wherever that was written. */
export const strongReadIsLatest: Invariant = {
  name: 'strong-read-is-latest',
  meaning:
    'A strong read never returns a version that had been overwritten, with acknowledgement, before the read began, in any Region.',
  promisedBy: [
    GLOBAL_TABLES('MRSC: a strongly consistent read returns the latest version, whichever Region wrote it.'),
  ],
  hears: ['op'],
  applies: (header) => tablesOf(header, 'mrsc').length > 0 && strongReaders(header).size > 0,
  watch(header) {
    const readers = strongReaders(header);
    const states = new PerDatabase<State>(tablesOf(header, 'mrsc'), () => ({ byKey: new Map(), ackedAtUs: new Map() }));
    return watchOf({
      op(record) {
        const state = record.outcome === 'ok' ? states.of(record.database) : undefined;
        if (!state) return NONE;
        if (record.action === 'read') return readers.has(record.cohort) ? judge(state, record) : NONE;
        note(state, record);
        return NONE;
      },
    });
  },
};

/** Cohorts all of whose reads are strong: an operation does not say which workload it came from. */
function strongReaders(header: HeaderRecord): ReadonlySet<string> {
  const workload = resolvedAt(header, 'workload');
  const all = Array.isArray(workload)
    ? (workload as readonly { readonly client: string; readonly action: string; readonly consistency: string }[])
    : [];
  const reads = all.filter(({ action }) => action === 'read');
  const others = new Set(reads.filter(({ consistency }) => consistency !== 'strong').map(({ client }) => client));
  return new Set(reads.map(({ client }) => client).filter((client) => !others.has(client)));
}

function note({ byKey, ackedAtUs }: State, write: OpRecord): void {
  ackedAtUs.set(write.op, write.atUs);
  let versions = byKey.get(write.key);
  if (!versions) {
    versions = [];
    byKey.set(write.key, versions);
  }
  const before = versions.at(-1)?.latest;
  const latest = before && before.invokedAtUs > write.invokedAtUs ? before : write;
  versions.push({ ackedAtUs: write.atUs, latest });
}

function judge({ byKey, ackedAtUs }: State, read: OpRecord): readonly Violation[] {
  const versions = byKey.get(read.key) ?? [];
  let place = versions.length - 1;
  while (place >= 0 && (versions[place] as Acknowledged).ackedAtUs >= read.invokedAtUs) place--;
  const missed = versions[place]?.latest;
  const value = read.value ?? 0;
  if (!missed || missed.op === value) return NONE;
  // What was read is older only if it was known to have succeeded before the other began.
  const knownAtUs = value === 0 ? -1 : (ackedAtUs.get(value) ?? Number.POSITIVE_INFINITY);
  if (knownAtUs >= missed.invokedAtUs) return NONE;
  const { op, key, node, database, atUs } = read;
  const what = `${node} answered strong read ${op} of key ${key}, asked at ${at(read.invokedAtUs)}, with ${value === 0 ? 'nothing' : `op ${value}`}, although op ${missed.op} had been acknowledged before by ${missed.node}.`;
  return [{ invariant: strongReadIsLatest.name, atUs, database, what, evidence: [missed, read] }];
}
