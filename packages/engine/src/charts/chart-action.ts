import type { EventObject } from 'xstate';

/** What guards and expressions of a chart are asked about. */
export interface ChartScope {
  readonly context: object;
  readonly event: EventObject;
}

/** What the actions of a chart work on while it takes a step. */
export interface StepScope extends ChartScope {
  assign(change: object): void;
  emit(command: EventObject): void;
  raise(event: EventObject, id: string | undefined, delayMs: number | undefined): void;
  cancel(id: string): void;
  /** Does something outside of the chart, once that has come to rest. */
  perform(effect: () => void): void;
}

/** One action of a chart, ready to be carried out. */
export type Step = (scope: StepScope) => void;
export type Guard = (scope: ChartScope) => boolean;

export type Expression<Value> = Value | ((scope: unknown, params: unknown) => Value);
export type Assignment = Expression<Readonly<Record<string, Expression<unknown>>>>;

/** What an action was given where the chart names it. */
export type Params = (scope: unknown) => unknown;
export const noParams: Params = () => undefined;

export function assigning(assignment: Assignment, params: Params): Step {
  if (typeof assignment === 'function') return (run) => run.assign(assignment(run, params(run)));
  if (saysAll(assignment)) return (run) => run.assign(assignment);
  const entries = Object.entries(assignment);
  return (run) => {
    const given = params(run);
    const change: Record<string, unknown> = {};
    for (const [key, value] of entries) change[key] = resolved(value, run, given);
    run.assign(change);
  };
}

/** Whether it holds values and no expressions. */
function saysAll(assignment: Readonly<Record<string, unknown>>): boolean {
  for (const key of Object.keys(assignment)) if (typeof assignment[key] === 'function') return false;
  return true;
}

export function emitting(command: Expression<EventObject>, params: Params): Step {
  if (typeof command !== 'function') return (run) => run.emit(command);
  return (run) => run.emit(command(run, params(run)));
}

export function raising(
  event: Expression<EventObject>,
  id: string | undefined,
  delay: Expression<number | undefined>,
  params: Params,
): Step {
  return (run) => {
    const given = params(run);
    const delayMs = resolved(delay, run, given);
    run.raise(resolved(event, run, given), id, delayMs);
  };
}

export function cancelling(id: Expression<string>, params: Params): Step {
  return (run) => run.cancel(resolved(id, run, params(run)));
}

function resolved<Value>(value: Expression<Value>, scope: unknown, params: unknown): Value {
  return typeof value === 'function' ? (value as (scope: unknown, params: unknown) => Value)(scope, params) : value;
}
