import type { World } from '@faultline/engine';
import type { DeploymentKind } from '@faultline/models';

/** A model that is broken on purpose, so that a check that no longer finds anything is itself found. */
export interface Canary {
  readonly name: string;
  /** One sentence: what is broken. */
  readonly breaks: string;
  /** The kind that is broken. */
  readonly kind: string;
  /** The invariant that has to find it. */
  readonly caughtBy: string;
  /** The broken kind in place of the real one. */
  readonly model?: (kind: DeploymentKind) => DeploymentKind;
  /** A broken part of the data plane or of DNS in place of the real one. */
  readonly sabotage?: (world: World) => void;
  /** Where the search begins, YAML; at random without it. */
  readonly given?: string;
}

/** The kind with names of its chart meaning something else: its guards and its actions by name. */
export function withNames(
  kind: DeploymentKind,
  names: { readonly guards?: Readonly<Record<string, unknown>>; readonly actions?: Readonly<Record<string, unknown>> },
): DeploymentKind {
  return { ...kind, machine: kind.machine.provide(names as Parameters<DeploymentKind['machine']['provide']>[0]) };
}
