import type { Bounds } from './verdict.ts';

/** What a scenario expects, as the header of its trace holds it. */
export interface Expectations {
  readonly objectives: {
    readonly rtoUs: number | null;
    readonly rpoUs: number | null;
    /** Cohorts with an objective of their own, to which `rtoUs` does not apply. */
    readonly clients?: Readonly<Record<string, { readonly rtoUs: number }>>;
  };
  readonly always: readonly string[];
  readonly eventually: readonly string[];
  readonly sometimes: readonly string[];
  readonly events: readonly string[];
  readonly measures: Readonly<Record<string, Bounds>>;
}

const NOTHING: Expectations = {
  objectives: { rtoUs: null, rpoUs: null },
  always: [],
  eventually: [],
  sometimes: [],
  events: [],
  measures: {},
};

/** The expectations in a header's resolved scenario; parts that are not there expect nothing. */
export function expectationsIn(resolved: unknown): Expectations {
  const expect = (resolved as { readonly expect?: Partial<Expectations> } | null | undefined)?.expect;
  return { ...NOTHING, ...expect };
}
