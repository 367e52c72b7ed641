import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchResult, StudyResult } from '@faultline/metrics';
import { compareJson } from '@faultline/report';
import { PARQUET, ROWS } from './kept-rows.ts';
import { chunksOf } from './line-reader.ts';

export const BLOCKS = 'blocks.ndjson';
export const RESULT = 'result.json';

/** All that a finished result may consist of beside its manifest. */
const FILES = [ROWS, PARQUET, BLOCKS, RESULT, 'report.txt', 'report.html'] as const;

/** The SHA-256 of each file of a result that is there. */
export function digestsIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    FILES.filter((name) => existsSync(join(folder, name))).map((name) => [name, digestOf(join(folder, name))]),
  );
}

/** A result as `result.json` holds it. */
export function resultJson(result: StudyResult | SearchResult): string {
  return `${JSON.stringify(compareJson(result), null, 2)}\n`;
}

function digestOf(path: string): string {
  const hash = createHash('sha256');
  for (const chunk of chunksOf(path)) hash.update(chunk);
  return hash.digest('hex');
}
