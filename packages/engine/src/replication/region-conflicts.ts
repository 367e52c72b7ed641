import type { Agenda, Handle } from '@faultline/clock';
import type { ConflictRecord } from '@faultline/trace';
import type { Recorder } from '../recorder.ts';
import { beats, type RegionReplica, type Version } from './region-replica.ts';

/** Two versions of an item that were written without having seen each other, and have not met yet. */
interface OpenConflict {
  readonly key: number;
  readonly one: Version;
  readonly other: Version;
  handle: Handle;
}

/**
 * Names the updates that a table of many writers loses. DynamoDB reports them nowhere (AWS Prescriptive Guidance,
 * DynamoDB global tables, read 2026-04: conflicts are in neither CloudWatch nor CloudTrail).
 *
 * Two Regions' newest versions of an item conflict when neither had arrived at the other. The conflict is settled
 * where they meet first; until then a later write of either Region takes the place of its own earlier one, which
 * it had seen. So each update is lost at most once, and one that was overwritten knowingly is never counted.
 */
export class RegionConflicts {
  readonly #database: string;
  readonly #agenda: Agenda;
  readonly #recorder: Recorder;
  readonly #open = new Map<string, OpenConflict>();
  readonly #lost = new Set<number>();

  constructor(database: string, agenda: Agenda, recorder: Recorder) {
    this.#database = database;
    this.#agenda = agenda;
    this.#recorder = recorder;
  }

  /** A Region wrote this version of `key` just now. */
  wrote(key: number, written: Version): void {
    const { origin } = written;
    for (const { from, stream } of origin.inbound) {
      const other = from.newestOwn(key);
      if (other === null || stream.arrivesAtUs(other.lsn) <= this.#agenda.nowUs) continue;
      const name =
        origin.rank < from.rank ? `${key}/${origin.rank}/${from.rank}` : `${key}/${from.rank}/${origin.rank}`;
      this.#agenda.cancel(this.#open.get(name)?.handle ?? 0);
      const conflict: OpenConflict = { key, one: written, other, handle: 0 };
      this.#open.set(name, conflict);
      this.#await(name, conflict);
    }
  }

  /** Ways between Regions changed: versions meet at another time. */
  refresh(): void {
    for (const [name, conflict] of this.#open) {
      this.#agenda.cancel(conflict.handle);
      this.#await(name, conflict);
    }
  }

  #await(name: string, conflict: OpenConflict): void {
    const meetAtUs = meetingUs(conflict);
    if (meetAtUs === Number.POSITIVE_INFINITY) conflict.handle = 0;
    else
      conflict.handle = this.#agenda.scheduleAt(Math.max(meetAtUs, this.#agenda.nowUs), () =>
        this.#settle(name, conflict),
      );
  }

  #settle(name: string, conflict: OpenConflict): void {
    this.#open.delete(name);
    const { one, other } = conflict;
    const [winner, loser] = beats(one, other) ? [one, other] : [other, one];
    const loserOp = opOf(loser);
    if (this.#lost.has(loserOp)) return;
    this.#lost.add(loserOp);
    this.#recorder.add({
      type: 'conflict',
      atUs: this.#agenda.nowUs,
      database: this.#database,
      key: conflict.key,
      winnerOp: opOf(winner),
      winnerNode: winner.origin.node.id,
      loserOp,
      loserNode: loser.origin.node.id,
    } satisfies ConflictRecord);
  }
}

/** When one of the two arrives where the other was written. */
function meetingUs({ one, other }: OpenConflict): number {
  return Math.min(arrivalUs(one, other.origin), arrivalUs(other, one.origin));
}

function arrivalUs(version: Version, at: RegionReplica): number {
  return at.streamFrom(version.origin).arrivesAtUs(version.lsn);
}

function opOf({ origin, lsn }: Version): number {
  return origin.log.timeline.op(lsn);
}
