import type { EventType, HistoryEvent, HistoryMap, HistoryValue } from '../history.ts';
import { isList, isMap, valueText } from '../value-text.ts';
import { BadHistory, EXAMPLE_EVENT } from './bad-history.ts';

/** An event with the line that it was read from, so that whatever is wrong with it can be found. */
export interface PlacedEvent extends HistoryEvent {
  readonly line: number;
  /** Whether the event has a value at all. An `ok` read without one does not say what was read; nil says nil. */
  readonly hasValue: boolean;
}

/** The process of all events when no event names one. */
export const THE_ONLY_PROCESS = -1;

const TYPES: ReadonlySet<string> = new Set(['invoke', 'ok', 'fail', 'info']);

/** An operation map as Jepsen and elle-cli write it. Throws {@link BadHistory} if it is none. */
export function historyEvent(form: HistoryValue, index: number, line: number): PlacedEvent {
  if (!isMap(form))
    throw new BadHistory({
      line,
      found: valueText(form),
      expected: 'an operation: a map with :process, :type, :f and :value',
      example: EXAMPLE_EVENT,
    });
  const { time, error } = form;
  return {
    index: givenIndex(form) ?? index,
    process: processOf(form, line),
    type: typeOf(form, line),
    f: functionOf(form, line),
    value: keyedValue(form),
    hasValue: form.value !== undefined,
    line,
    ...(typeof time === 'number' ? { time } : {}),
    ...(error === undefined ? {} : { error }),
  };
}

function givenIndex({ index }: HistoryMap): number | undefined {
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 ? index : undefined;
}

function processOf({ process }: HistoryMap, line: number): number | string {
  if (process === undefined || process === null) return THE_ONLY_PROCESS;
  if (typeof process === 'number' && Number.isInteger(process) && process >= 0) return process;
  if (typeof process === 'string') return /^\d+$/.test(process) ? Number(process) : withoutColon(process);
  throw new BadHistory({
    line,
    found: `:process ${valueText(process)}`,
    expected: 'a whole number for a client, or a name such as :nemesis',
    example: EXAMPLE_EVENT,
  });
}

function typeOf({ type }: HistoryMap, line: number): EventType {
  const name = typeof type === 'string' ? withoutColon(type) : '';
  if (TYPES.has(name)) return name as EventType;
  throw new BadHistory({
    line,
    found: type === undefined ? 'an operation without :type' : `:type ${valueText(type)}`,
    expected: ':invoke, :ok, :fail or :info',
    example: EXAMPLE_EVENT,
  });
}

function functionOf({ f, value, process, type }: HistoryMap, line: number): string {
  if (typeof f === 'string' && f !== '') return withoutColon(f);
  // Elle's own histories leave it out; the value then is a list of micro-operations. Nemeses may say what they like.
  if (f === undefined || f === null) {
    if (value === undefined || value === null || isList(value)) return 'txn';
    if (typeof process === 'string' && type === 'info') return '';
  }
  throw new BadHistory({
    line,
    found: f === undefined ? 'an operation without :f' : `:f ${valueText(f)}`,
    expected: 'the name of a function',
    example: EXAMPLE_EVENT,
  });
}

/** A key of its own (`:key "x"`, as key-value tests write it) becomes part of the value: `[key value]`. */
function keyedValue({ key, value }: HistoryMap): HistoryValue {
  return key === undefined ? (value ?? null) : [key, value ?? null];
}

const withoutColon = (name: string): string => (name.startsWith(':') ? name.slice(1) : name);
