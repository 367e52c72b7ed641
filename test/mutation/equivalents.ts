/** A mutant that nobody can tell from what it was made of. */
export interface Equivalent {
  readonly subject: string;
  /** As the mutator names it. */
  readonly mutant: string;
  readonly why: string;
}

/** Not counted as hunted. `mutation.test.ts` keeps this list to mutants that exist. */
export const equivalents: readonly Equivalent[] = [];
