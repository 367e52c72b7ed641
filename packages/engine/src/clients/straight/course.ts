/** Something of a cohort that goes on by itself: it always knows what comes next, and when. */
export interface Course {
  /** Infinity when nothing does. */
  readonly nextAtUs: number;
  /** Place of that among the events of one instant. */
  readonly nextPlace: number;
  /** It is `nextAtUs`. */
  go(): void;
}
