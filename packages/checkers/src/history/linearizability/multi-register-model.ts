import type { HistoryValue } from '../history.ts';
import type { Operation } from '../operations.ts';
import { BadHistory } from '../reading/bad-history.ts';
import { canonicalText, isList, valueText } from '../value-text.ts';
import type { Action, CompiledModel, SequentialModel } from './sequential-model.ts';

const READS: ReadonlySet<HistoryValue | undefined> = new Set(['r', 'read']);
const WRITES: ReadonlySet<HistoryValue | undefined> = new Set(['w', 'write']);
const EXAMPLE = '{:process 0, :type :invoke, :f :txn, :value [[:read x nil] [:write y 1]]}';

/** Values by key; a key without one holds nil. */
type Registers = ReadonlyMap<string, string>;

interface Part {
  readonly isRead: boolean;
  readonly key: string;
  /** Undefined for a read that says nothing. */
  readonly text: string | undefined;
  readonly shown: string;
}

/** Registers that hold nil at first; an operation reads and writes several of them at one instant. */
export const multiRegister: SequentialModel<Registers> = {
  object: 'the registers',
  functions: ['txn', 'read', 'write'],
  example: EXAMPLE,
  keys: 'never',
  compile,
};

function compile(operations: readonly Operation[]): CompiledModel<Registers> {
  const read = new Set<string>();
  for (const operation of operations)
    for (const { isRead, key, text } of partsOf(operation))
      if (isRead && text !== undefined) read.add(`${key} ${text}`);
  return {
    initial: new Map(),
    once: () => false,
    identity: (state) => canonicalText(Object.fromEntries([...state].filter(([, text]) => text !== 'null'))),
    stateText: (state) => `{${[...state].map(([key, text]) => `${key} ${text}`).join(', ')}}`,
    action,
    canBeObserved: (operation) =>
      partsOf(operation).some(({ isRead, key, text }) => !isRead && read.has(`${key} ${text}`)),
  };
}

function action(operation: Operation): Action<Registers> {
  const parts = partsOf(operation);
  return {
    text: parts.map(({ shown }) => shown).join(', ') || 'nothing',
    kind: JSON.stringify(parts),
    pure: parts.every(({ isRead }) => isRead),
    step: (state) => {
      const after = new Map(state);
      for (const { isRead, key, text } of parts) {
        if (!isRead) after.set(key, text ?? 'null');
        else if (text !== undefined && text !== (after.get(key) ?? 'null')) return undefined;
      }
      return after;
    },
  };
}

function partsOf(operation: Operation): readonly Part[] {
  const { outcome, input, output, line } = operation;
  const forms = outcome === 'ok' ? (output ?? input) : input;
  const wrong = (found: string): BadHistory =>
    new BadHistory({ line, found, expected: 'a list of [:read key value] and [:write key value]', example: EXAMPLE });
  if (!isList(forms)) throw wrong(`:${operation.f} with the value ${valueText(forms)}`);
  return forms.map((form) => {
    const [f, key = null, value = null] = isList(form) ? form : [];
    const isRead = READS.has(f);
    if (!isRead && !WRITES.has(f)) throw wrong(`the step ${valueText(form)}`);
    const says = !isRead || (outcome === 'ok' && operation.output !== undefined);
    const shown = `${isRead ? 'read' : 'write'} ${valueText(key)}${says ? ` ${isRead ? 'as ' : ''}${valueText(value)}` : ''}`;
    return { isRead, key: canonicalText(key), text: says ? canonicalText(value) : undefined, shown };
  });
}
