import { createHash } from 'node:crypto';
import type { Block } from './block.ts';
import { toJson } from './block-json.ts';

/** What a block says, as a short text: equal blocks have equal results, wherever and whenever they are carried out. */
export function blockId(block: Block): string {
  return createHash('sha256').update(toJson(block)).digest('hex');
}
