import type { DeploymentKind } from '@faultline/models';
import {
  type ChartTransition,
  rewritten,
  type TransitionPlace,
  transitionName,
  transitionsOf,
} from '@faultline/testing';

type Machine = DeploymentKind['machine'];

/** A chart with one thing wrong. */
export interface ChartMutant {
  /** Where, and what was done there. */
  readonly name: string;
  /** The transition or the state that was changed, as runs name what they pass through. */
  readonly place: string;
  /** The state that it is in; empty for the whole chart. */
  readonly state: string;
  readonly machine: () => Machine;
}

/** Every mutant of a chart: each transition dropped, negated, led elsewhere and robbed of each of its actions; each action of a state dropped. */
export function chartMutantsOf(kind: DeploymentKind): readonly ChartMutant[] {
  const places = transitionsOf(kind.machine);
  return places
    .flatMap((place) => [
      ...dropped(kind, place),
      ...negated(kind, place),
      ...ledElsewhere(kind, place),
      ...withoutActions(kind, place),
    ])
    .concat(statesWithoutActions(kind));
}

type Place = ReturnType<typeof transitionsOf>[number];

function at(place: TransitionPlace, change: (transition: ChartTransition) => ChartTransition | null) {
  return (transition: ChartTransition, where: TransitionPlace) =>
    where.state === place.state && where.trigger === place.trigger && where.index === place.index
      ? change(transition)
      : transition;
}

function mutant(
  kind: DeploymentKind,
  place: Place,
  what: string,
  change: (old: ChartTransition) => ChartTransition | null,
): ChartMutant {
  const machine = () => rewritten(kind.machine, { transition: at(place, change) });
  const name = transitionName(place.written, place);
  return { name: `${name}: ${what}`, place: name, state: place.state, machine };
}

function dropped(kind: DeploymentKind, place: Place): readonly ChartMutant[] {
  return [mutant(kind, place, 'dropped', () => null)];
}

/** A guard that says the opposite. */
function negated(kind: DeploymentKind, place: Place): readonly ChartMutant[] {
  const { guard } = place.written;
  if (guard === undefined) return [];
  const { guards } = kind.machine.implementations as { readonly guards: Readonly<Record<string, Guard>> };
  const { type, params } = typeof guard === 'string' ? { type: guard, params: undefined } : (guard as GuardObject);
  const original = guards[type];
  if (typeof original !== 'function') return [];
  const opposite: Guard = (input) => !original(input, params);
  return [mutant(kind, place, 'guard negated', (old) => ({ ...old, guard: opposite }))];
}

type Guard = (input: unknown, params: unknown) => boolean;
interface GuardObject {
  readonly type: string;
  readonly params?: unknown;
}

/** It stays where it is, and does what it did. */
function ledElsewhere(kind: DeploymentKind, place: Place): readonly ChartMutant[] {
  if (place.written.target === undefined || place.trigger === 'always') return [];
  return [mutant(kind, place, 'leads nowhere', ({ target: _, reenter: __, ...rest }) => rest)];
}

function withoutActions(kind: DeploymentKind, place: Place): readonly ChartMutant[] {
  const { actions = [] } = place.written;
  return actions.flatMap((action, index) => {
    const name = actionName(action);
    const left = actions.filter((_, other) => other !== index);
    return [mutant(kind, place, `without ${name}`, (old) => ({ ...old, actions: left }))];
  });
}

function statesWithoutActions(kind: DeploymentKind): readonly ChartMutant[] {
  const found: ChartMutant[] = [];
  rewritten(kind.machine, {
    state: (state, path) => {
      for (const when of ['entry', 'exit'] as const) {
        for (const [index, action] of (state[when] ?? []).entries()) {
          const change = { [when]: state[when]?.filter((_, other) => other !== index) };
          const machine = () =>
            rewritten(kind.machine, { state: (old, where) => (where === path ? { ...old, ...change } : old) });
          found.push({ name: `${path}: ${when} without ${actionName(action)}`, place: path, state: path, machine });
        }
      }
      return state;
    },
  });
  return found;
}

function actionName(action: unknown): string {
  if (typeof action === 'string') return action;
  if (typeof action === 'function') return action.name;
  const { type, params } = action as { readonly type?: unknown; readonly params?: unknown };
  if (typeof type !== 'string') return 'an action';
  return typeof params === 'object' && params !== null ? `${type} ${Object.values(params).join(' ')}` : type;
}
