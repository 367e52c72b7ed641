/** What counts as interrupted, and as over. */
export interface RecoveryOptions {
  /** How long operations have to succeed before service counts as back, in microseconds. Default 10 s. */
  readonly stableForUs: number;
  /** An operation that succeeds only after longer than this was interrupted all the same. Default 1 s. */
  readonly stallUs: number;
  /** How long a silent operation is waited for before a result is settled; null: by the time-outs of the cohort's driver. */
  readonly patienceUs: number | null;
}

export const DEFAULT_RECOVERY_OPTIONS: RecoveryOptions = {
  stableForUs: 10_000_000,
  stallUs: 1_000_000,
  patienceUs: null,
};
