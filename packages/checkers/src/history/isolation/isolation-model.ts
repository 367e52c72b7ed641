import type { HistoryModel, HistoryOptions, HistoryResult } from '../history-model.ts';
import type { Operation } from '../operations.ts';
import { ANOMALIES, type Anomaly } from './anomaly.ts';
import type { IsolationResult } from './isolation-check.ts';

interface IsolationChecker {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  check(operations: readonly Operation[], options: HistoryOptions): IsolationResult;
}

/** A checker of transactions as something that a history can be held against. */
export function isolationModel({ name, aliases, summary, check }: IsolationChecker): HistoryModel {
  return {
    name,
    aliases,
    family: 'transactions',
    summary,
    check: (operations, options) => resultOf(check(operations, options), options.consistencyModel),
  };
}

function resultOf(result: IsolationResult, model: string): HistoryResult {
  const { verdict, anomalies, forbidden, violates, doubts, notes, transactions } = result;
  return {
    verdict,
    summary: summaryOf(result, model),
    explanation: [
      ...anomalies.flatMap((anomaly) => explain(anomaly, forbidden, model)),
      ...(violates.weakest.length > 0
        ? [`This history is not ${violates.weakest.join(', nor ')}, nor anything stronger.`]
        : []),
      ...doubts,
      ...notes,
    ],
    details: {
      consistencyModel: model,
      transactions,
      anomalies: anomalies.map((anomaly) => ({
        ...anomaly,
        meaning: ANOMALIES.get(anomaly.name)?.meaning,
        forbidden: forbidden.includes(anomaly.name),
      })),
      not: violates.weakest,
      alsoNot: violates.all.filter((name) => !violates.weakest.includes(name)),
      doubts,
      notes,
    },
  };
}

function summaryOf({ verdict, anomalies, forbidden, transactions, doubts }: IsolationResult, model: string): string {
  if (verdict === 'invalid') return `Not ${model}: found ${forbidden.join(', ')}.`;
  if (verdict === 'unknown') return `Whether it is ${model} cannot be told. ${doubts[0]}`;
  const others = anomalies.map(({ name }) => name);
  const allowed = others.length === 0 ? 'no anomalies' : `only what ${model} allows: ${others.join(', ')}`;
  return transactions === 1 ? `1 transaction shows ${allowed}.` : `${transactions} transactions show ${allowed}.`;
}

function explain({ name, lines }: Anomaly, forbidden: readonly string[], model: string): readonly string[] {
  const allowed = forbidden.includes(name) ? '' : ` (${model} allows it)`;
  return [`${name}: ${ANOMALIES.get(name)?.meaning}${allowed}.`, ...lines.map((line) => `  ${line}`)];
}
