import type { HistoryMap } from '../history.ts';
import type { HistoryModel, HistoryOptions, HistoryResult } from '../history-model.ts';
import type { Operation } from '../operations.ts';
import { placeText } from '../place-text.ts';
import { BadHistory } from '../reading/bad-history.ts';
import { isList, isMap, valueText } from '../value-text.ts';
import { listed, requireFunctions } from './functions.ts';

const EXAMPLE = '{:process 0, :type :ok, :f :read, :value {0 90, 1 10}}';

/** Jepsen's bank: transfers move money about, so every read of all accounts has the same sum. */
export const bank: HistoryModel = {
  name: 'bank',
  aliases: ['jepsen-bank'],
  family: 'others',
  summary: 'accounts whose sum every read must show, none below zero; :transfer and :read',
  check,
};

function check(operations: readonly Operation[], options: HistoryOptions): HistoryResult {
  requireFunctions(operations, ['read', 'transfer'], EXAMPLE);
  const reads = operations.filter(({ f, outcome }) => f === 'read' && outcome === 'ok');
  const [first] = reads;
  if (first === undefined) {
    const summary = 'No read returned, so there is nothing to tell by.';
    return { verdict: 'unknown', summary, explanation: [], details: { reads: 0 } };
  }
  const accounts = new Set(Object.keys(balancesOf(first)));
  const total = options.totalAmount ?? sum(balancesOf(first));
  const problems = reads.flatMap((read) => problemOf(read, accounts, total, options.allowNegativeBalances) ?? []);
  const right = `${reads.length === 1 ? 'The read shows' : `All ${reads.length} reads show`} the sum ${total}.`;
  return listed(problems, right, { reads: reads.length, total });
}

function problemOf(
  read: Operation,
  accounts: ReadonlySet<string>,
  total: number,
  allowNegative: boolean,
): string | undefined {
  const balances = balancesOf(read);
  const who = `Process ${read.process} (${placeText(read)}) read`;
  const unexpected = Object.keys(balances).find((account) => !accounts.has(account));
  if (unexpected !== undefined) return `${who} the account ${unexpected}, which the first read did not have.`;
  const unknown = Object.entries(balances).find(([, balance]) => typeof balance !== 'number');
  if (unknown !== undefined)
    return `${who} the account ${unknown[0]} as ${valueText(unknown[1])}, which is no balance.`;
  const found = sum(balances);
  if (found !== total) return `${who} balances with the sum ${found} instead of ${total}: ${valueText(balances)}.`;
  const negative = Object.entries(balances).find(([, balance]) => (balance as number) < 0);
  if (negative === undefined || allowNegative) return undefined;
  return `${who} the account ${negative[0]} as ${valueText(negative[1])}, which is below zero.`;
}

function balancesOf({ output, line }: Operation): HistoryMap {
  if (isMap(output)) return output;
  // Older tests list the balances of accounts 0, 1, 2, ...
  if (isList(output)) return Object.fromEntries(output.map((balance, account) => [String(account), balance]));
  throw new BadHistory({
    line,
    found: `a read of the bank that returned ${valueText(output ?? null)}`,
    expected: 'a map of accounts to balances',
    example: EXAMPLE,
  });
}

const sum = (balances: HistoryMap): number =>
  Object.values(balances).reduce<number>((all, balance) => all + (typeof balance === 'number' ? balance : 0), 0);
