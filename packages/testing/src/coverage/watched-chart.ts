import type { DeploymentKind } from '@faultline/models';
import { type ChartTransition, rewritten, type TransitionPlace } from '../charts/chart-parts.ts';

/** How often each part of a chart was exercised. */
export interface ChartCounts {
  /** By path. */
  readonly states: Map<string, number>;
  /** By the words that `transitionName` makes of it. */
  readonly transitions: Map<string, number>;
}

/**
 * The kind with a chart that counts: every state when it is entered and every transition when it is taken, those too
 * that come to rest nowhere and so leave no record. Runs with it yield the same trace.
 */
export function watchedKind(kind: DeploymentKind, counts: ChartCounts): DeploymentKind {
  const count = (counted: Map<string, number>, name: string) => () => {
    counted.set(name, (counted.get(name) ?? 0) + 1);
  };
  const machine = rewritten(kind.machine, {
    state: (state, path) => {
      if (path === '') return state;
      counts.states.set(path, 0);
      return { ...state, entry: [...(state.entry ?? []), count(counts.states, path)] };
    },
    transition: (transition, place) => {
      // One that does nothing says that a fact is of no use there. With an action it would be of use.
      if (transition.target === undefined && (transition.actions ?? []).length === 0) return transition;
      const name = transitionName(transition, place);
      counts.transitions.set(name, 0);
      return { ...transition, actions: [...(transition.actions ?? []), count(counts.transitions, name)] };
    },
  });
  return { ...kind, machine };
}

/** A transition in words: the state, what triggers it, its guard, and where it leads. */
export function transitionName({ target, guard }: ChartTransition, { state, trigger, index }: TransitionPlace): string {
  const place = index === 0 ? '' : ` (${index + 1})`;
  const when = guard === undefined ? '' : ` if ${typeof guard === 'string' ? guard : guardName(guard)}`;
  const to = target === undefined ? '' : ` → ${String(target)}`;
  return `${state === '' ? '(root)' : state}: ${trigger}${place}${when}${to}`;
}

function guardName(guard: unknown): string {
  const { type } = guard as { readonly type?: unknown };
  return typeof type === 'string' ? type : 'guarded';
}
