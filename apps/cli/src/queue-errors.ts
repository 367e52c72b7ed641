import { QueueError } from '@faultline/study';
import { CommandError, EXIT } from './exit-codes.ts';

/** What was asked of a queue; ends the command when the queue cannot be used. */
export async function reachable<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof QueueError ? new CommandError(error.message, EXIT.usage) : error;
  }
}
