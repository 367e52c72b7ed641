import type { DeploymentKind } from '@faultline/models';

type Machine = DeploymentKind['machine'];

/** A transition of a chart as it is written, always in its long form. */
export interface ChartTransition {
  readonly target?: string | readonly string[];
  readonly guard?: unknown;
  readonly actions?: readonly unknown[];
  readonly reenter?: boolean;
}

/** Where a transition stands. */
export interface TransitionPlace {
  /** Path of the state that it leaves, with dots; empty for the root. */
  readonly state: string;
  /** `on FACT`, `after delay`, `always`. */
  readonly trigger: string;
  /** Among several of one trigger, which are tried in this order. */
  readonly index: number;
}

/** A state of a chart as it is written, but for its transitions and its substates. */
export interface ChartState {
  readonly entry?: readonly unknown[];
  readonly exit?: readonly unknown[];
}

/** What to make of the parts of a chart. */
export interface ChartRewriting {
  /** What is to stand in place of a transition; null for nothing. */
  readonly transition?: (transition: ChartTransition, place: TransitionPlace) => ChartTransition | null;
  readonly state?: (state: ChartState, path: string) => ChartState;
}

type Config = Readonly<Record<string, unknown>>;

/** The same chart with parts of it rewritten. The names in it go on to mean what they meant, and `actions` as well. */
export function rewritten(
  machine: Machine,
  rewriting: ChartRewriting,
  actions: Readonly<Record<string, unknown>> = {},
): Machine {
  const { implementations } = machine;
  const config = rewrittenState(machine.config as Config, '', rewriting);
  const Chart = machine.constructor as new (config: unknown, implementations: unknown) => Machine;
  return new Chart(config, { ...implementations, actions: { ...implementations.actions, ...actions } });
}

function rewrittenState(config: Config, path: string, rewriting: ChartRewriting): Config {
  const { entry, exit, on, after, always, states, ...rest } = config;
  const own: ChartState = { entry: list(entry), exit: list(exit) };
  const table = (transitions: unknown, word: string) =>
    Object.fromEntries(
      Object.entries((transitions ?? {}) as Config).map(([name, written]) => [
        name,
        rewrittenTransitions(written, path, `${word} ${name}`, rewriting),
      ]),
    );
  const substates = Object.entries((states ?? {}) as Readonly<Record<string, Config>>).map(([name, substate]) => [
    name,
    rewrittenState(substate, path === '' ? name : `${path}.${name}`, rewriting),
  ]);
  return {
    ...rest,
    ...(rewriting.state?.(own, path) ?? own),
    on: table(on, 'on'),
    after: table(after, 'after'),
    always: rewrittenTransitions(always, path, 'always', rewriting),
    ...(states === undefined ? {} : { states: Object.fromEntries(substates) }),
  };
}

function rewrittenTransitions(
  written: unknown,
  state: string,
  trigger: string,
  { transition }: ChartRewriting,
): readonly ChartTransition[] {
  const all = list(written).map((one) => longForm(one));
  if (!transition) return all;
  return all.map((one, index) => transition(one, { state, trigger, index })).filter((one) => one !== null);
}

function longForm(written: unknown): ChartTransition {
  if (typeof written === 'string') return { target: written };
  const { actions, ...rest } = written as ChartTransition;
  return actions === undefined ? rest : { ...rest, actions: list(actions) };
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Every transition of a chart with its place, in the order in which the chart is written. */
export function transitionsOf(machine: Machine): readonly (TransitionPlace & { readonly written: ChartTransition })[] {
  const found: (TransitionPlace & { readonly written: ChartTransition })[] = [];
  const note = (written: ChartTransition, place: TransitionPlace) => {
    found.push({ ...place, written });
    return written;
  };
  rewrittenState(machine.config as Config, '', { transition: note });
  return found;
}
