import type { Sighting, Sometimes } from '@faultline/checkers';
import type { DeploymentKind } from '@faultline/models';
import type { HeaderRecord, TraceRecord } from '@faultline/trace';
import type { FaultChoice } from '../topologies/fault-menu.ts';
import { OverlapWatch } from './overlaps.ts';
import { type ChartCounts, watchedKind } from './watched-chart.ts';

/** How much of something was exercised. */
export interface Share {
  readonly seen: number;
  readonly of: number;
  readonly missing: readonly string[];
}

export interface KindCoverage {
  readonly kind: string;
  readonly states: Share;
  readonly transitions: Share;
}

/** What a search has exercised, out of all that there is. */
export interface CoverageSummary {
  readonly kinds: readonly KindCoverage[];
  /** Causes by what they act on, e.g. `link-cut on link`. */
  readonly faults: Share;
  /** Runs in which faults met like this. */
  readonly overlaps: Readonly<Record<string, number>>;
  /** What nobody promises to prevent, and the runs that showed it; those only that could have. */
  readonly sometimes: Readonly<Record<string, number>>;
}

/** Watches all runs of a search. Simulate with `kinds`, and show it every record. */
export class Coverage {
  /** The kinds to simulate with: those under test count what their charts do. */
  readonly kinds: ReadonlyMap<string, DeploymentKind>;
  readonly #counts = new Map<string, ChartCounts>();
  readonly #faults = new Map<string, number>();
  readonly #overlaps = new Map<string, number>();
  readonly #sometimes = new Map<string, number>();
  readonly #candidates: readonly Sometimes[];
  #targets: readonly string[] = [];
  #overlap = new OverlapWatch();
  #sightings: readonly { readonly name: string; readonly sighting: Sighting }[] = [];

  constructor(
    kinds: ReadonlyMap<string, DeploymentKind>,
    tested: readonly DeploymentKind[],
    menu: readonly FaultChoice[],
    sometimes: readonly Sometimes[],
  ) {
    const watched = new Map(kinds);
    for (const kind of tested) {
      const counts: ChartCounts = { states: new Map(), transitions: new Map() };
      this.#counts.set(kind.id, counts);
      watched.set(kind.id, watchedKind(kind, counts));
    }
    this.kinds = watched;
    this.#candidates = sometimes;
    for (const { cause, targets } of menu) for (const { on } of targets) this.#faults.set(`${cause} on ${on}`, 0);
  }

  add(record: TraceRecord): void {
    if (record.type === 'header') this.#begin(record);
    if (record.type === 'fault' && record.edge === 'started' && record.effective) {
      this.#count(this.#faults, `${record.cause} on ${this.#targets[record.index] ?? ''}`);
    }
    this.#overlap.add(record);
    for (const { sighting } of this.#sightings) sighting.add(record);
    if (record.type === 'end') this.#end();
  }

  summary(): CoverageSummary {
    return {
      kinds: [...this.#counts].map(([kind, { states, transitions }]) => ({
        kind,
        states: shareOf(states),
        transitions: shareOf(transitions),
      })),
      faults: shareOf(this.#faults),
      overlaps: Object.fromEntries(this.#overlaps),
      sometimes: Object.fromEntries(this.#sometimes),
    };
  }

  #begin(header: HeaderRecord): void {
    const { faults } = header.resolved as { readonly faults: readonly { readonly target: { readonly on: string } }[] };
    this.#targets = faults.map(({ target }) => target.on);
    this.#overlap = new OverlapWatch();
    this.#sightings = this.#candidates
      .filter((candidate) => candidate.applies(header))
      .map((candidate) => ({ name: candidate.name, sighting: candidate.look(header) }));
  }

  #end(): void {
    for (const overlap of this.#overlap.seen) this.#count(this.#overlaps, overlap);
    for (const { name, sighting } of this.#sightings) {
      if (sighting.seen === null) this.#sometimes.set(name, this.#sometimes.get(name) ?? 0);
      else this.#count(this.#sometimes, name);
    }
  }

  #count(counts: Map<string, number>, name: string): void {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
}

function shareOf(counts: ReadonlyMap<string, number>): Share {
  const missing = [...counts].filter(([, count]) => count === 0).map(([name]) => name);
  return { seen: counts.size - missing.length, of: counts.size, missing };
}
