/** A place from which messages leave: a node's host, a cohort of clients, a control plane, a storage segment. */
export interface Site {
  /** Unique in a run; names random streams, so it has to be the same in every deployment type. */
  readonly name: string;
  readonly region: string;
  /** `null` for what belongs to a whole Region, such as its control plane. */
  readonly az: string | null;
  readonly index: number;
}
