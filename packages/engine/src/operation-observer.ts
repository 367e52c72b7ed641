import type { OpRecord } from '@faultline/trace';
import type { Exchange, Reply } from './nodes/exchange.ts';

/** Who is told of every operation that is over, in a run that is watched. */
export interface OperationObserver {
  /** `exchange` is the last one of the operation. */
  answered(operation: OpRecord, exchange: Exchange | null, reply: Reply): void;
}
