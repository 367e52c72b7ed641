/** A mutant that nobody can tell from what it was made of. */
export interface Equivalent {
  readonly subject: string;
  /** As the mutator names it. */
  readonly mutant: string;
  readonly why: string;
}

/** Not counted as hunted. `mutation.test.ts` keeps this list to mutants that exist. */
export const equivalents: readonly Equivalent[] = [
  ...['REPLICA_CRASHED → #noticing', 'INSTANCE_CRASHED → #noticing']
    .concat(['REPLICA_STORAGE_FAILED → withoutStorage', 'INSTANCE_STORAGE_FAILED → withoutStorage'])
    .flatMap((transition) => ['dropped', 'leads nowhere'].map((how) => `instance.up: on ${transition}: ${how}`))
    .map((mutant) => ({
      subject: 'rds.read-replica',
      mutant,
      why: 'What the fact says is noted in the same step, and what is noted leads out of `up` as well.',
    })),
];
