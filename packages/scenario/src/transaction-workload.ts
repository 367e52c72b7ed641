import { ISOLATIONS, type Isolation } from '@faultline/models';
import { clientReference, type Declared } from './declared.ts';
import { TRANSACTION_KEYS, WRITES_PER_KEY } from './defaults.ts';
import { contradict, optional, required } from './mapping.ts';
import { wholeNumber } from './quantities.ts';
import { oneWordOf } from './reader.ts';
import type { Report } from './report.ts';
import type { Value } from './value.ts';
import type { TransactionWorkloadSpec } from './workload-spec.ts';

const MOST_KEYS = 10_000;
/** Longer transactions would hold rows for so long that nothing but waiting was simulated. */
const MOST_STEPS = 32;
const EXAMPLE = 'reads: 2, appends: 1';

interface TransactionParts {
  readonly client: string;
  readonly reads: number;
  readonly appends: number;
  readonly writes: number;
  readonly keys: number;
  readonly writesPerKey: number;
  readonly isolation: Isolation | null;
}

/** What one transaction does, and on which rows. */
export type TransactionSpec = Omit<TransactionWorkloadSpec, 'arrivals' | 'fromUs' | 'untilUs'>;

/** Fields of `op: transaction`, beside those of all work. */
export const transactionFields = (declared: Declared) => ({
  client: required(clientReference(declared.clients)),
  op: required(oneWordOf(['transaction'])),
  reads: optional(wholeNumber(0, MOST_STEPS, 2), 0),
  appends: optional(wholeNumber(0, MOST_STEPS, 1), 0),
  writes: optional(wholeNumber(0, MOST_STEPS, 1), 0),
  keys: optional(wholeNumber(1, MOST_KEYS, 10), TRANSACTION_KEYS),
  writesPerKey: optional(wholeNumber(1, 1_000_000, WRITES_PER_KEY), WRITES_PER_KEY),
  isolation: optional<Isolation, null>(oneWordOf(ISOLATIONS), null),
});

/**
 * Checks a transaction against itself and its database, and fills in the isolation that the database's engine
 * gives to those who ask for none. What a transaction that only reads finds in its rows is `rows`.
 */
export function transactionOf(
  parts: TransactionParts,
  declared: Declared,
  value: Value,
  report: Report,
): TransactionSpec | undefined {
  const { client, reads, appends, writes, keys, writesPerKey, isolation } = parts;
  const refuse = (found: string, expected: string, write: string) => contradict(value, report, found, expected, write);
  if (reads + appends + writes === 0)
    return refuse('a transaction that does nothing', 'reads, appends or writes', `{ ${EXAMPLE} }`);
  if (appends > 0 && writes > 0)
    return refuse(
      `${appends} appends and ${writes} writes`,
      'either appends (to lists) or writes (to registers)',
      `{ ${EXAMPLE} }`,
    );
  const most = Math.max(reads, appends, writes);
  if (most > keys)
    return refuse(
      `${most} steps of one kind on ${keys} keys`,
      'at least as many keys, because they are on different ones',
      `{ ${EXAMPLE}, keys: ${Math.max(most, TRANSACTION_KEYS)} }`,
    );
  const ground = groundOf(client, declared);
  if ('refused' in ground) return refuse(ground.refused, SUPPORTED, '{ op: write }');
  return {
    client,
    action: 'transaction',
    rows: writes > 0 ? 'registers' : 'lists',
    keys,
    writesPerKey,
    reads,
    writes: appends + writes,
    isolation: isolation ?? ground.isolation,
  };
}

const SUPPORTED =
  'a database with a log and engine postgres or mysql: rds.*, aurora.cluster or postgresql.streaming-pair';

/** The isolation that the cohort's database gives by default, or why it runs no transactions. */
function groundOf(
  client: string,
  { clients, databases }: Declared,
): { readonly isolation: Isolation } | { readonly refused: string } {
  const cohort = clients.get(client);
  const known = cohort ? databases.get(cohort.database) : null;
  // A mistake elsewhere in the file has been reported there.
  if (!known?.layout) return { isolation: 'read-committed' };
  const { spec, layout } = known;
  const { replication } = layout;
  const of = `transactions on ${spec.name}`;
  if (replication.rule === 'last-writer-wins') return { refused: `${of}, ${NOT_WHOLE_ELSEWHERE}` };
  if (replication.rule === 'journal') return { refused: `${of}, ${NONE_WITH_STRONG_CONSISTENCY}` };
  const { transactions } = replication;
  return transactions ? { isolation: transactions.isolation } : { refused: `${of}, whose engine is ${spec.engine}` };
}

/** Amazon DynamoDB Developer Guide, V2globaltables_HowItWorks and transaction-apis, read 2026-04. */
const NOT_WHOLE_ELSEWHERE =
  'a global table whose transactions are whole only in the Region where they were made and reach the others item by item';
const NONE_WITH_STRONG_CONSISTENCY =
  'a global table with strong consistency between Regions, which refuses transactions';
