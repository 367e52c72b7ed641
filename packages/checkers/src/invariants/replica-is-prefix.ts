import type { PositionRecord } from '@faultline/trace';
import { databasesOf, LOG_MODELS } from '../deployments.ts';
import type { Invariant, Violation } from '../invariant.ts';
import { AURORA_2018, MULTI_AZ_CLUSTER, POSTGRESQL_STANDBY, READ_REPLICAS } from '../sources.ts';
import { NONE, watchOf } from '../watching.ts';

/** A copy that follows is never ahead of what it follows, and serves no more than it holds. */
export const replicaIsPrefix: Invariant = {
  name: 'replica-is-prefix',
  meaning:
    'A copy holds a prefix of the log of its writer: never more than the writer, and it applies no more than it holds.',
  promisedBy: [
    READ_REPLICAS('A read replica receives the changes of its source asynchronously.'),
    MULTI_AZ_CLUSTER('Readers receive the log of the writer by the replication of the engine.'),
    AURORA_2018('A replica sees only what is durable at the volume.'),
    POSTGRESQL_STANDBY('A standby replays the WAL that its primary has written.'),
  ],
  hears: ['position'],
  applies: (header) => databasesOf(header, LOG_MODELS).length > 0,
  watch() {
    const latest = new Map<string, PositionRecord>();
    let nowUs = 0;
    return watchOf(
      {
        position(record) {
          // All that stands at one instant is judged together: the writer's record may follow that of its copy.
          const found = record.atUs > nowUs ? judge(latest) : NONE;
          nowUs = record.atUs;
          latest.set(`${record.database}/${record.node}`, record);
          return found;
        },
      },
      () => judge(latest),
    );
  },
};

function judge(latest: ReadonlyMap<string, PositionRecord>): readonly Violation[] {
  let found = NONE;
  for (const copy of latest.values()) {
    if (copy.part !== 'follows') continue;
    const violation = judgeCopy(copy, latest);
    if (violation) found = [...found, violation];
  }
  return found;
}

function judgeCopy(copy: PositionRecord, latest: ReadonlyMap<string, PositionRecord>): Violation | null {
  const { node, timeline, timelineOf, receivedLsn, appliedLsn, database } = copy;
  const breach = (what: string, evidence: readonly PositionRecord[]) => {
    const atUs = Math.max(...evidence.map((record) => record.atUs));
    return { invariant: replicaIsPrefix.name, atUs, database, what, evidence };
  };
  if (appliedLsn > receivedLsn)
    return breach(`${node} has applied ${appliedLsn} and holds only ${receivedLsn}.`, [copy]);
  for (const writer of latest.values()) {
    if (writer.part !== 'writes' || writer.database !== timelineOf || writer.timeline !== timeline) continue;
    if (receivedLsn > writer.receivedLsn)
      return breach(
        `${node} holds position ${receivedLsn} of timeline ${timeline}, of which its writer ${writer.node} holds only ${writer.receivedLsn}.`,
        [writer, copy],
      );
  }
  return null;
}
