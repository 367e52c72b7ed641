import type { HistoryMap, HistoryValue } from '../history.ts';
import type { Operation } from '../operations.ts';
import { BadHistory } from '../reading/bad-history.ts';
import { canonicalText, isMap, valueText } from '../value-text.ts';
import { argumentOf, returned } from './operation-values.ts';
import type { Action, CompiledModel, SequentialModel } from './sequential-model.ts';

const EXAMPLE = '{:process 0, :type :invoke, :f :transfer, :value {:from 0, :to 1, :amount 5}}';

/** By account: the balance once a read has shown it, until then what was paid in less what was paid out. */
interface Accounts {
  readonly isKnown: boolean;
  readonly amounts: ReadonlyMap<string, number>;
}

/**
 * Accounts with `transfer` of `{:from :to :amount}` and `read` of all balances. What they hold at first is not in a
 * history: the first read that takes effect tells it.
 */
export const linearizableBank: SequentialModel<Accounts> = {
  object: 'the bank',
  functions: ['transfer', 'read'],
  example: EXAMPLE,
  keys: 'never',
  compile,
};

function compile(operations: readonly Operation[]): CompiledModel<Accounts> {
  const isRead = operations.some((operation) => operation.f === 'read' && returned(operation) !== undefined);
  return {
    initial: { isKnown: false, amounts: new Map() },
    once: () => false,
    identity: ({ isKnown, amounts }) => `${isKnown} ${canonicalText(Object.fromEntries(amounts))}`,
    stateText: ({ isKnown, amounts }) => `${isKnown ? '' : 'what it held at first and '}${balancesText(amounts)}`,
    action: (operation) => (operation.f === 'read' ? read(operation) : transfer(operation)),
    canBeObserved: ({ f }) => f === 'transfer' && isRead,
  };
}

const balancesText = (amounts: ReadonlyMap<string, number>): string => valueText(Object.fromEntries(amounts));

function transfer(operation: Operation): Action<Accounts> {
  const asked = argumentOf(operation);
  const { from, to, amount } = isMap(asked) ? asked : ({} as HistoryMap);
  if (from === undefined || to === undefined || typeof amount !== 'number')
    throw unlike(operation, asked, 'the accounts and the amount', EXAMPLE);
  const [payer, payee] = [accountName(from), accountName(to)];
  return {
    text: `transfer of ${amount} from ${payer} to ${payee}`,
    kind: `transfer ${amount} ${JSON.stringify([payer, payee])}`,
    pure: amount === 0 || payer === payee,
    step: ({ isKnown, amounts }) => ({ isKnown, amounts: moved(moved(amounts, payer, -amount), payee, amount) }),
  };
}

const accountName = (account: HistoryValue): string => (typeof account === 'string' ? account : canonicalText(account));

function moved(amounts: ReadonlyMap<string, number>, account: string, amount: number): ReadonlyMap<string, number> {
  const after = (amounts.get(account) ?? 0) + amount;
  const next = new Map(amounts);
  if (after === 0) next.delete(account);
  else next.set(account, after);
  return next;
}

function read(operation: Operation): Action<Accounts> {
  const value = returned(operation);
  if (value === undefined) return { text: 'read', kind: 'read', pure: true, step: (state) => state };
  if (!isMap(value)) throw unlike(operation, value, 'a map of accounts to balances', '{:value {0 90, 1 10}}');
  const seen = new Map<string, number>();
  for (const [account, balance] of Object.entries(value)) {
    if (typeof balance !== 'number')
      throw unlike(operation, value, 'a number for each account', '{:value {0 90, 1 10}}');
    if (balance !== 0) seen.set(account, balance);
  }
  const text = canonicalText(Object.fromEntries(seen));
  return {
    text: `read, which returned ${valueText(value)}`,
    kind: `read ${text}`,
    pure: false,
    step: ({ isKnown, amounts }) => {
      if (!isKnown) return { isKnown: true, amounts: seen };
      return canonicalText(Object.fromEntries(amounts)) === text ? { isKnown, amounts } : undefined;
    },
  };
}

function unlike({ line, f }: Operation, found: HistoryValue, expected: string, example: string): BadHistory {
  return new BadHistory({ line, found: `:${f} with ${valueText(found)}`, expected, example });
}
