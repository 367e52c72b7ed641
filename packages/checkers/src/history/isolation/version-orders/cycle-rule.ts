import type { CycleWanted } from '../cycle-search.ts';

/** The widest kind of cycle that a model forbids: whatever other cycle it forbids is one of these. */
export interface CycleRule {
  /** As in `ANOMALIES`. */
  readonly name: string;
  readonly wanted: CycleWanted;
  /** Bits of the dependencies that count as missed writes. */
  readonly anti: number;
}

type Edge = readonly [from: number, to: number];

/**
 * A graph in which reachability tells whether a dependency would close a forbidden cycle. Where no two missed writes
 * may follow each other, or only one may be there at all, every transaction stands in it twice: as it is reached
 * without, and with, a missed write (the last one, or any).
 */
export interface Layering {
  readonly layers: 1 | 2;
  /** Whether missed writes count at all. */
  readonly countsMissed: boolean;
  edges(from: number, to: number, isMissed: boolean): readonly Edge[];
  /** A dependency closes a cycle if the first of one of these reaches the second. */
  closing(from: number, to: number, isMissed: boolean): readonly Edge[];
}

const PLAIN: Layering = {
  layers: 1,
  countsMissed: true,
  edges: (from, to) => [[from, to]],
  closing: (from, to) => [[to, from]],
};

const APART: Layering = {
  layers: 2,
  countsMissed: true,
  edges: (from, to, isMissed) =>
    isMissed
      ? [[2 * from, 2 * to + 1]]
      : [
          [2 * from, 2 * to],
          [2 * from + 1, 2 * to],
        ],
  closing: (from, to, isMissed) =>
    isMissed
      ? [[2 * to + 1, 2 * from]]
      : [
          [2 * to, 2 * from],
          [2 * to, 2 * from + 1],
        ],
};

const ONE: Layering = {
  layers: 2,
  countsMissed: true,
  edges: (from, to, isMissed) =>
    isMissed
      ? [[2 * from, 2 * to + 1]]
      : [
          [2 * from, 2 * to],
          [2 * from + 1, 2 * to + 1],
        ],
  closing: (from, to, isMissed) =>
    isMissed
      ? [[2 * to, 2 * from]]
      : [
          [2 * to, 2 * from],
          [2 * to, 2 * from + 1],
        ],
};

const NONE: Layering = { ...PLAIN, countsMissed: false };

export const LAYERINGS: Readonly<Record<CycleWanted['anti'], Layering>> = {
  any: PLAIN,
  apart: APART,
  one: ONE,
  none: NONE,
};
