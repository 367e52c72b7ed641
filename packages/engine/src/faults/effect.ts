import type { FaultSpec } from '@faultline/scenario';
import type { World } from '../world.ts';

/** A fault ready to happen: what it hits, and the deed, which returns how to undo it (null when it cannot be undone). */
export interface PreparedFault {
  /** Empty when there is nothing to act on. */
  readonly resolved: readonly string[];
  readonly apply: () => (() => void) | null;
}

export interface Effect {
  readonly prepare: (world: World, fault: FaultSpec) => PreparedFault;
}

/** Undoes several things in the reverse order. */
export function undoAll(undos: readonly (() => void)[]): () => void {
  return () => {
    for (const undo of [...undos].reverse()) undo();
  };
}
