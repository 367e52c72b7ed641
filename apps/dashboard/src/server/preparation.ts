import { kinds } from '@faultline/models';
import { parseScenario, type Scenario } from '@faultline/scenario';
import type { Scenarios } from './catalogue.ts';
import type { Recording } from './recording/recording.ts';
import type { Recordings } from './recording/recordings.ts';
import { estimatedRecords } from './scenario-cost.ts';

/** Memory of a record, packed, with its share of the snapshots. */
const RECORD_BYTES = 50;

/**
 * Simulates what a person is likely to ask for before anybody does: the opening scenario, then those of the catalogue
 * in the order in which the page lists them, as far as there is room.
 */
export class Preparation {
  readonly #scenarios: Scenarios;
  readonly #recordings: Recordings;
  readonly #names: string[];
  #bytesLeft: number;
  #open: Recording | null = null;
  /** Runs that are ready. */
  done = 0;
  recordsMade = 0;

  constructor(scenarios: Scenarios, recordings: Recordings, bytes: number) {
    const { opening } = scenarios.catalogue;
    this.#scenarios = scenarios;
    this.#recordings = recordings;
    this.#bytesLeft = bytes;
    this.#names = bytes === 0 ? [] : [opening, ...scenarios.names().filter((name) => name !== opening)];
  }

  /** Whether the opening scenario is still to be simulated, which all new sessions wait for. */
  get isUrgent(): boolean {
    return this.done === 0 && this.hasWork;
  }

  get hasWork(): boolean {
    return this.#open !== null || this.#names.length > 0;
  }

  /** Goes on until `isOver`. */
  work(isOver: () => boolean): void {
    this.#open ??= this.#next();
    if (this.#open === null) return;
    // Whoever comes first wants to see the opening; what is measured of it can wait.
    this.recordsMade += this.#open.advance(isOver, this.isUrgent);
    if (this.#open.done) this.#finish(this.#open);
  }

  /** Nothing more will be simulated. */
  close(): void {
    this.#names.length = 0;
    if (this.#open !== null) this.#recordings.close(this.#open);
    this.#open = null;
  }

  /** The next one that fits into what is left; larger ones are simulated when somebody asks for them. */
  #next(): Recording | null {
    const scenario = this.#scenario(this.#names.shift());
    if (scenario === null || estimatedRecords(scenario) * RECORD_BYTES > this.#bytesLeft) return null;
    return this.#recordings.open(scenario);
  }

  #scenario(name: string | undefined): Scenario | null {
    const text = name === undefined ? undefined : this.#scenarios.text(name);
    if (text === undefined) return null;
    const parsed = parseScenario(text, `${name}.yaml`, kinds);
    return parsed.ok ? parsed.scenario : null;
  }

  #finish(recording: Recording): void {
    this.#bytesLeft -= recording.store.bytes;
    this.done++;
    this.#open = null;
    this.#recordings.close(recording);
  }
}
