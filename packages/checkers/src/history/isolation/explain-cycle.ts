import { placeText } from '../place-text.ts';
import type { Anomaly } from './anomaly.ts';
import type { Cycle } from './cycle-search.ts';
import { stepsText, type Transaction, type WriteName } from './transaction.ts';

/** A cycle as an argument: who did what, why each comes before the next, and that this cannot be. */
export function explainCycle(
  name: string,
  cycle: Cycle,
  transactions: readonly Transaction[],
  write: WriteName,
): Anomaly {
  const members = [...new Set(cycle.map(({ from }) => from))];
  const called = new Map(members.map((member, index) => [member, `T${index + 1}`]));
  const nameOf = (member: number): string => called.get(member) as string;
  const steps = cycle.map((dependency, index) => {
    const [before, after] = [nameOf(dependency.from), nameOf(dependency.to)];
    const opening = index === cycle.length - 1 ? 'But' : 'Then';
    const end = index === cycle.length - 1 ? ': a contradiction' : '';
    return `${opening} ${before} comes before ${after}, for ${dependency.reason.because(dependency, before, after)}${end}.`;
  });
  return {
    name,
    lines: [...members.map((member) => describe(nameOf(member), transactions[member] as Transaction, write)), ...steps],
    transactions: members,
  };
}

/** A transaction by the name that it is given: who ran it, where it stands, and what it did. */
export function describe(name: string, transaction: Transaction, write: WriteName): string {
  const { operation } = transaction;
  return `${name} is process ${operation.process}, ${placeText(operation)}: ${stepsText(transaction, write)}.`;
}
