import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { count } from '@faultline/report';
import { StudyRun } from '@faultline/study';
import { CommandError, EXIT } from '../exit-codes.ts';
import { print, printJson } from '../output.ts';
import { keptStudy } from '../study-file.ts';
import { carryOut, executorFor } from './carry-out.ts';
import { chunksOfLines, linesOf } from './line-reader.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { rowLine } from './result-row.ts';
import { ROWS } from './study-folder.ts';
import { refuseUnasked, type StudyOptions } from './study-options.ts';
import { TrialOrder } from './trial-order.ts';
import { versions } from './versions.ts';

/** What became of an attempt to repeat a result. */
interface Reproduction {
  readonly reproduced: boolean;
  readonly rows: number;
  readonly digest: string;
  readonly expected: string;
  /** Null when all rows are the same; line numbers begin at 1. */
  readonly firstDifference: { readonly line: number; readonly kept: string | null; readonly now: string | null } | null;
  /** What the result was made with that is not what runs now. */
  readonly otherVersions: readonly string[];
}

/** Runs a finished result again from its own manifest, and tells whether it comes out the same. */
export async function reproduce(folder: string, options: StudyOptions): Promise<void> {
  const manifest = finishedManifest(folder);
  const { study: kept, scenario, seed, trials, precision } = manifest;
  const study = { ...keptStudy({ ...kept, base: scenario }), seed, trials, precision };
  refuseUnasked(study, options.yes ?? false);
  const rows = new ComparedRows(linesOf(join(folder, ROWS)));
  const order = new TrialOrder((cell, summary) => rows.add(rowLine(cell, summary)));
  const run = new StudyRun(study, order.sink);
  const executor = await executorFor(options);
  try {
    await carryOut(run, study, executor, folder);
  } finally {
    await executor.close();
  }
  order.flush();
  const found = rows.finish();
  const expected = manifest.rows.digest;
  const result: Reproduction = {
    reproduced: found.firstDifference === null && found.digest === expected,
    ...found,
    expected,
    otherVersions: otherVersions(manifest),
  };
  if (options.json) printJson(result);
  else print(tell(folder, result));
  process.exitCode = result.reproduced ? EXIT.ok : EXIT.violated;
}

function finishedManifest(folder: string): Manifest & { readonly rows: NonNullable<Manifest['rows']> } {
  const manifest = readManifest(folder);
  if (manifest === null)
    throw new CommandError(
      `${folder}: found no manifest there, expected the folder of a result, as --out leaves it`,
      EXIT.badInput,
    );
  const { rows } = manifest;
  if (manifest.state !== 'finished' || rows === null)
    throw new CommandError(
      `${folder}: found a result that is unfinished, expected a finished one. To go on: faultline study ${manifest.study.file} --out ${folder}`,
      EXIT.badInput,
    );
  if (!existsSync(join(folder, ROWS)) || digestOf(join(folder, ROWS)) !== rows.digest)
    throw new CommandError(
      `${join(folder, ROWS)}: found rows that are not those of the manifest (digest ${rows.digest.slice(0, 16)}): they were changed after they were written`,
      EXIT.badInput,
    );
  return { ...manifest, rows };
}

function digestOf(path: string): string {
  const hash = createHash('sha256');
  for (const chunk of chunksOfLines(path)) hash.update(chunk);
  return hash.digest('hex');
}

/** Rows as they come, beside those that were kept. */
class ComparedRows {
  readonly #kept: Iterator<string>;
  readonly #hash = createHash('sha256');
  #rows = 0;
  #firstDifference: Reproduction['firstDifference'] = null;

  constructor(kept: Iterator<string>) {
    this.#kept = kept;
  }

  add(now: string): void {
    this.#rows++;
    this.#hash.update(`${now}\n`);
    if (this.#firstDifference !== null) return;
    const { value, done } = this.#kept.next();
    const kept = done ? null : value;
    if (kept !== now) this.#firstDifference = { line: this.#rows, kept, now };
  }

  finish(): Pick<Reproduction, 'rows' | 'digest' | 'firstDifference'> {
    const { value, done } = this.#kept.next();
    if (!done && this.#firstDifference === null)
      this.#firstDifference = { line: this.#rows + 1, kept: value, now: null };
    return { rows: this.#rows, digest: this.#hash.digest('hex'), firstDifference: this.#firstDifference };
  }
}

function otherVersions({ versions: then }: Manifest): readonly string[] {
  const now = versions();
  const named = ({ faultline, node, packages }: Manifest['versions']) => ({
    Faultline: faultline,
    Node: node,
    ...packages,
  });
  const current: Record<string, string> = named(now);
  return Object.entries(named(then)).flatMap(([name, version]) =>
    current[name] === version ? [] : [`${name} ${version}, now ${current[name] ?? 'none'}`],
  );
}

function tell(folder: string, result: Reproduction): string {
  const { reproduced, rows, digest, expected, firstDifference, otherVersions: others } = result;
  const versionsNote = others.length === 0 ? [] : [`made with other versions: ${others.join('; ')}`];
  if (reproduced) return [`reproduced: ${count(rows)} rows, digest=${digest} ${folder}`, ...versionsNote].join('\n');
  return [
    `not reproduced: digest=${digest}, expected ${expected} ${folder}`,
    ...(firstDifference === null
      ? []
      : [
          `first difference in line ${firstDifference.line} of ${ROWS}:`,
          `  kept ${firstDifference.kept ?? 'nothing'}`,
          `  now  ${firstDifference.now ?? 'nothing'}`,
        ]),
    ...versionsNote,
  ].join('\n');
}
