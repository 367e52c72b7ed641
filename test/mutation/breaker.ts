/** Breaks the code under test in one place at a time, while it is loaded, so that tests need not be loaded again. */
export interface Breaker {
  /** Runs `act` on what is whole, and answers with the mutants whose place it came by. */
  passedBy(act: () => Promise<void>): Promise<ReadonlySet<number>>;
  /** Does all that breaking does, to no effect: a test that notices this is of no use. */
  breakNothing(): void;
  /** Nothing else is broken from now on. */
  breakOnly(mutant: number): void;
  mend(): void;
}

/** Where the runner of the tests finds the breaker: the two are loaded apart. */
export const BREAKER = '__faultlineBreaker';

/** What the tests are told of the hunt, and tell of it. */
export interface HuntTask {
  /** A kind, or a folder of sources. */
  readonly subject: string;
  /** Numbers of the mutants that are still at large. */
  readonly mutants: readonly number[];
  /** A mutant that so many tests came by and did not notice is left to others. */
  readonly triesMax: number;
}

/** By number: the test that noticed a mutant. */
export interface TestFindings {
  readonly passed: readonly number[];
  readonly caught: readonly number[];
  readonly ranOn: readonly number[];
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly hunt: HuntTask;
  }
  interface TaskMeta {
    findings?: TestFindings;
  }
}
