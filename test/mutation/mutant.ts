import type { DeploymentKind } from '@faultline/models';

/** A kind with one thing wrong in its chart. */
export interface Mutant {
  readonly kind: string;
  /** Where, and what was done there. */
  readonly name: string;
  /** The transition or the state that was changed, as runs name what they pass through. */
  readonly place: string;
  /** The state that it is in; empty for the whole chart. */
  readonly state: string;
  readonly broken: DeploymentKind;
}
