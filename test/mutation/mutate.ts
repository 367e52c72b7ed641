import type { DeploymentKind } from '@faultline/models';
import {
  type ChartTransition,
  rewritten,
  type TransitionPlace,
  transitionName,
  transitionsOf,
} from '@faultline/testing';
import type { Mutant } from './mutant.ts';

/** Service events are for people: what they say is held by recorded results, not by invariants. */
const SAID_ONLY = /^publish/;

/** Every mutant of a chart: each transition dropped, led elsewhere, negated, and robbed of each of its actions; each action of a state dropped. */
export function mutantsOf(kind: DeploymentKind): readonly Mutant[] {
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
): Mutant {
  const machine = rewritten(kind.machine, { transition: at(place, change) });
  const name = transitionName(place.written, place);
  return { kind: kind.id, name: `${name}: ${what}`, place: name, state: place.state, broken: { ...kind, machine } };
}

function dropped(kind: DeploymentKind, place: Place): readonly Mutant[] {
  return [mutant(kind, place, 'dropped', () => null)];
}

/** A guard that says the opposite. */
function negated(kind: DeploymentKind, place: Place): readonly Mutant[] {
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
function ledElsewhere(kind: DeploymentKind, place: Place): readonly Mutant[] {
  if (place.written.target === undefined || place.trigger === 'always') return [];
  return [mutant(kind, place, 'leads nowhere', ({ target: _, reenter: __, ...rest }) => rest)];
}

function withoutActions(kind: DeploymentKind, place: Place): readonly Mutant[] {
  const { actions = [] } = place.written;
  return actions.flatMap((action, index) => {
    const name = actionName(action);
    if (SAID_ONLY.test(name)) return [];
    const left = actions.filter((_, other) => other !== index);
    return [mutant(kind, place, `without ${name}`, (old) => ({ ...old, actions: left }))];
  });
}

function statesWithoutActions(kind: DeploymentKind): readonly Mutant[] {
  const found: Mutant[] = [];
  const states: { readonly path: string; readonly entry: readonly unknown[] }[] = [];
  rewritten(kind.machine, {
    state: (state, path) => {
      states.push({ path, entry: state.entry ?? [] });
      return state;
    },
  });
  for (const { path, entry } of states) {
    for (const [index, action] of entry.entries()) {
      const name = actionName(action);
      if (SAID_ONLY.test(name)) continue;
      const machine = rewritten(kind.machine, {
        state: (state, where) =>
          where === path ? { ...state, entry: (state.entry ?? []).filter((_, other) => other !== index) } : state,
      });
      const what = `${path}: entry without ${name}`;
      found.push({ kind: kind.id, name: what, place: path, state: path, broken: { ...kind, machine } });
    }
  }
  return found;
}

function actionName(action: unknown): string {
  if (typeof action === 'string') return action;
  if (typeof action === 'function') return action.name;
  const { type } = action as { readonly type?: unknown };
  return typeof type === 'string' ? type : 'an action';
}
