import type { HeaderRecord, PositionRecord } from '@faultline/trace';
import { databasesOf, resolvedAt } from '../deployments.ts';
import { Disturbances } from '../disturbances.ts';
import type { Invariant, Violation } from '../invariant.ts';
import { READ_REPLICAS } from '../sources.ts';
import { NONE, watchOf } from '../watching.ts';

const MODELS = ['rds.read-replica'] as const;

/** How long after the last fault a replica that follows has to show some progress, in microseconds (assumed: no bound is promised). */
const PATIENCE_US = 600_000_000;

interface Standing {
  readonly position: PositionRecord;
  /** Since when it has applied just as much. */
  readonly sinceUs: number;
}

/** A replica lags, and never for good: it follows as long as there is something to follow. */
export const replicaEventuallyCurrent: Invariant = {
  name: 'replica-eventually-current',
  meaning: 'A read replica that follows its source makes progress until it has all that the source acknowledged.',
  promisedBy: [
    READ_REPLICAS(
      'Changes of the source are copied to the replica asynchronously, and it resumes after an interruption.',
    ),
  ],
  hears: ['position', 'fault', 'end'],
  applies: (header) => databasesOf(header, MODELS).length > 0,
  watch(header) {
    const replicas = databasesOf(header, MODELS);
    const disturbances = new Disturbances();
    const standings = new Map<string, Standing>();
    return watchOf({
      fault(record) {
        disturbances.add(record);
        return NONE;
      },
      position(position) {
        const name = `${position.database}/${position.node}`;
        const before = standings.get(name);
        const stands =
          before?.position.appliedLsn === position.appliedLsn && before.position.timeline === position.timeline;
        standings.set(name, { position, sinceUs: stands ? before.sinceUs : position.atUs });
        return NONE;
      },
      end({ atUs }) {
        if (!disturbances.areHealed || atUs - disturbances.lastUs < PATIENCE_US) return NONE;
        const kept = [...standings.values()].filter(({ position }) => !disturbances.isDeleted(position.database));
        return kept
          .filter(
            ({ position }) => replicas.includes(position.database) && position.part === 'follows' && position.works,
          )
          .filter(({ position }) => isFed(header, position.database, kept))
          .flatMap((replica) => judge(replica, kept, atUs));
      },
    });
  },
};

/** Whether every database between this one and the writer takes part: upstream, replication may be stopped on request. */
function isFed(header: HeaderRecord, database: string, all: readonly Standing[]): boolean {
  const source = resolvedAt(header, 'topology', 'databases', database, 'parameters', 'source');
  if (typeof source !== 'string') return false;
  const parts = all.filter(({ position }) => position.database === source).map(({ position }) => position.part);
  return parts.includes('writes') || (parts.includes('follows') && isFed(header, source, all));
}

function judge({ position, sinceUs }: Standing, all: readonly Standing[], endUs: number): readonly Violation[] {
  const { database, node, appliedLsn, timeline, timelineOf } = position;
  const source = all.find((one) => one.position.database === timelineOf && one.position.part === 'writes')?.position;
  if (!source || source.timeline !== timeline || appliedLsn >= source.appliedLsn) return NONE;
  if (endUs - sinceUs < PATIENCE_US) return NONE;
  const what = `${node} has applied nothing after ${appliedLsn} for ${(endUs - sinceUs) / 1_000_000} s, although ${source.node} is at ${source.appliedLsn} and nothing is broken.`;
  return [{ invariant: replicaEventuallyCurrent.name, atUs: endUs, database, what, evidence: [position, source] }];
}
