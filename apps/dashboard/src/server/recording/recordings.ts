import { createHash } from 'node:crypto';
import { type Scenario, stringifyScenario } from '@faultline/scenario';
import type { ServerLimits } from '../limits.ts';
import { recordingBounds } from '../scenario-cost.ts';
import { Backlog } from './backlog.ts';
import type { PrefixCheck } from './prefix-check.ts';
import { Recording } from './recording.ts';

type Limits = Pick<ServerLimits, 'bytesPerRun' | 'keptRuns' | 'keptBytes'>;

interface Kept {
  readonly recording: Recording;
  /** Lanes that play it now. */
  users: number;
}

/**
 * All runs that a server has: those that are watched, and of the finished ones that were, as many as there is room for,
 * the last used first. A run is a pure function of scenario and seed, so whoever asks for the same again, in this
 * session or another, finds what is simulated of it already.
 */
export class Recordings {
  readonly #limits: Limits;
  readonly #backlog: Backlog;
  /** By the scenario with its seed; in the order of their last use. */
  readonly #kept = new Map<string, Kept>();
  readonly #keys = new WeakMap<Recording, string>();
  /** How often a run was there already when it was asked for. */
  reused = 0;

  constructor(limits: Limits, backlog = new Backlog()) {
    this.#limits = limits;
    this.#backlog = backlog;
  }

  get count(): number {
    return this.#kept.size;
  }

  /** Bytes that all runs keep, packed. */
  get bytes(): number {
    return sum(this.#kept.values());
  }

  /** Records that wait to be written and packed. */
  get backlogRecords(): number {
    return this.#backlog.records;
  }

  /** The run of a scenario, until it is closed as often as it was opened. */
  open(scenario: Scenario, past: PrefixCheck | null = null): Recording {
    const key = keyOf(scenario);
    let kept = this.#kept.get(key);
    if (kept === undefined) {
      const bounds = recordingBounds(scenario, this.#limits.bytesPerRun);
      kept = { recording: new Recording(scenario, bounds, { past, backlog: this.#backlog }), users: 0 };
      this.#kept.set(key, kept);
      this.#keys.set(kept.recording, key);
    } else this.reused++;
    kept.users++;
    return kept.recording;
  }

  /** One of those who opened it needs it no more. What is not simulated to its end is given up with the last of them. */
  close(recording: Recording): void {
    const key = this.#keys.get(recording) ?? '';
    const kept = this.#kept.get(key);
    if (kept?.recording !== recording || --kept.users > 0) return;
    this.#kept.delete(key);
    if (recording.result === null) recording.drop();
    else this.#kept.set(key, kept);
    this.#makeRoom();
  }

  /**
   * Writes down some of what was simulated in a hurry, of runs that nobody watches any more as well, so that it does not
   * stand in the way of others. Returns false when there is nothing to write.
   */
  writeDown(isOver: () => boolean): boolean {
    for (const { recording } of this.#kept.values()) if (recording.writeDown(isOver)) return true;
    return false;
  }

  #makeRoom(): void {
    const idle = [...this.#kept].filter(([, { users }]) => users === 0);
    let bytes = sum(idle.map(([, kept]) => kept));
    let count = idle.length;
    for (const [key, { recording }] of idle) {
      if (bytes <= this.#limits.keptBytes && count <= this.#limits.keptRuns) return;
      this.#kept.delete(key);
      bytes -= recording.store.bytes;
      count--;
    }
  }
}

function sum(all: Iterable<Kept>): number {
  let bytes = 0;
  for (const { recording } of all) bytes += recording.store.bytes;
  return bytes;
}

/** Everything that a run depends on: what can be written down replays to the same digest. */
function keyOf(scenario: Scenario): string {
  return createHash('sha256').update(stringifyScenario(scenario)).digest('hex');
}
