import { z } from 'zod';
import { type ClientMessage, clientMessage } from '../../protocol/client-messages.ts';
import { MESSAGE_BYTES_MAX } from '../../protocol/limits.ts';

/** A message from a page, or why it is none. */
export type ReadMessage =
  | { readonly ok: true; readonly message: ClientMessage }
  | { readonly ok: false; readonly reason: string };

const refused = (reason: string): ReadMessage => ({ ok: false, reason });

/** Longest part of a reason: what was sent is not sent back whole. */
const REASON_CHARACTERS = 500;

/** Reads what came over the socket, whatever it is. */
export function readMessage(data: Buffer, isBinary: boolean): ReadMessage {
  if (data.length > MESSAGE_BYTES_MAX)
    return refused(`found a message of ${data.length} bytes, expected at most ${MESSAGE_BYTES_MAX}`);
  if (isBinary) return refused('found a binary message, expected JSON text');
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8'));
  } catch {
    return refused('found text that is not JSON, expected for example {"type":"play"}');
  }
  const read = clientMessage.safeParse(value);
  if (read.success) return { ok: true, message: read.data };
  return refused(z.prettifyError(read.error).slice(0, REASON_CHARACTERS));
}
