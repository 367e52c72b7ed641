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
  ...['PRIMARY_STORAGE_FAILED → suspecting', 'PRIMARY_UNRESPONSIVE → suspecting', 'PRIMARY_CRASHED → restarting']
    .flatMap((transition) => ['dropped', 'leads nowhere'].map((how) => `working: on ${transition}: ${how}`))
    .map((mutant) => ({
      subject: 'postgresql.streaming-pair',
      mutant,
      why: 'The whole chart notes the fact, and what is noted leads out of `working` as well.',
    })),
  {
    subject: 'postgresql.streaming-pair',
    mutant: 'primaryLost: on OPERATOR_DONE if promotionDecided → promoting: dropped',
    why: 'The other transition leads to `nobodyLeft`, which under the same condition leads on to `promoting` at once.',
  },
];
