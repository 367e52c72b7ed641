import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchResult, StudyResult } from '@faultline/metrics';
import { count, plural } from '@faultline/report';
import type { Study } from '@faultline/scenario';
import { CommandError, EXIT } from '../exit-codes.ts';
import { print, printJson } from '../output.ts';
import { keptStudy } from '../study-file.ts';
import { type Crew, withCrew } from './carry-out.ts';
import { ComparedBlocks } from './compared-blocks.ts';
import { BLOCKS, digestsIn, RESULT, resultJson } from './folder-files.ts';
import { gridResult } from './grid-result.ts';
import { ROWS } from './kept-rows.ts';
import { linesOf } from './line-reader.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { rowLine } from './result-row.ts';
import { searchResult } from './search-result.ts';
import { refuseTogether, refuseUnasked, type StudyOptions } from './study-options.ts';
import { TrialOrder } from './trial-order.ts';
import { versions } from './versions.ts';

/** What became of an attempt to repeat a result. */
interface Reproduction {
  readonly reproduced: boolean;
  /** Rows of the grid, none for a search, and their digests. */
  readonly rows: number;
  readonly digest: string | null;
  readonly expected: string | null;
  /** Null when all rows are the same; line numbers begin at 1. */
  readonly firstDifference: { readonly line: number; readonly kept: string | null; readonly now: string | null } | null;
  /** Blocks of what is not the grid, and how many of them are not as they were kept. */
  readonly blocks: number;
  readonly differentBlocks: number;
  /** Whether the figures are those of `result.json`. */
  readonly sameResult: boolean;
  /** What the result was made with that is not what runs now. */
  readonly otherVersions: readonly string[];
}

type Rerun = Omit<Reproduction, 'reproduced' | 'otherVersions'>;

/** Runs a finished result again from its own manifest, and tells whether it comes out the same. */
export async function reproduce(folder: string, options: StudyOptions): Promise<void> {
  refuseTogether('reproduce', options, ['search', 'out', 'html', 'trials', 'precision', 'of', 'budget']);
  const manifest = finishedManifest(folder);
  const { study: kept, scenario, seed, trials, precision } = manifest;
  const study = { ...keptStudy({ ...kept, base: scenario }), seed, trials, precision };
  refuseUnasked(study, options.yes ?? false, folder);
  const rerun = await withCrew(options, `${folder} is as it was`, (crew) =>
    manifest.mode === 'search' ? searchAgain(folder, study, crew) : gridAgain(folder, manifest, study, crew),
  );
  const { digest, expected, firstDifference, differentBlocks, sameResult } = rerun;
  const reproduced = firstDifference === null && digest === expected && differentBlocks === 0 && sameResult;
  const result: Reproduction = { reproduced, ...rerun, otherVersions: otherVersions(manifest) };
  if (options.json) printJson(result);
  else print(tell(folder, result));
  process.exitCode = reproduced ? EXIT.ok : EXIT.violated;
}

async function gridAgain(folder: string, manifest: Manifest, study: Study, crew: Crew): Promise<Rerun> {
  const rows = new ComparedRows(linesOf(join(folder, ROWS)));
  const order = new TrialOrder((block, index) => rows.add(rowLine(block, index)));
  const memory = new ComparedBlocks(join(folder, BLOCKS));
  const result = await gridResult(study, crew, { sink: order.sink, known: () => undefined, memory });
  order.flush();
  const expected = manifest.rows?.digest ?? null;
  return { ...rows.finish(), expected, ...memory.finish(), sameResult: isKept(folder, result) };
}

async function searchAgain(folder: string, study: Study, crew: Crew): Promise<Rerun> {
  const memory = new ComparedBlocks(join(folder, BLOCKS));
  const result = await searchResult(study, crew, memory);
  const noRows = { rows: 0, digest: null, expected: null, firstDifference: null };
  return { ...noRows, ...memory.finish(), sameResult: isKept(folder, result) };
}

function isKept(folder: string, result: StudyResult | SearchResult): boolean {
  return readFileSync(join(folder, RESULT), 'utf8') === resultJson(result);
}

function finishedManifest(folder: string): Manifest {
  const manifest = readManifest(folder);
  if (manifest === null)
    throw new CommandError(
      `${folder}: found no manifest there, expected the folder of a result, as --out leaves it`,
      EXIT.badInput,
    );
  if (manifest.state !== 'finished')
    throw new CommandError(
      `${folder}: found a result that is unfinished, expected a finished one. To go on: faultline study ${manifest.study.file} --out ${folder}`,
      EXIT.badInput,
    );
  refuseChanged(folder, manifest);
  return manifest;
}

/** Every file of a finished result has to be as it was written: nothing is compared with what somebody else made. */
function refuseChanged(folder: string, { rows, files }: Manifest): void {
  const found = digestsIn(folder);
  for (const [name, digest] of Object.entries(files)) {
    if (found[name] === digest) continue;
    const what =
      found[name] === undefined
        ? 'no such file'
        : `contents that are not those of the manifest (digest ${digest.slice(0, 16)})`;
    throw new CommandError(
      `${join(folder, name)}: found ${what}: ${name === ROWS && rows !== null ? 'rows' : 'it'} changed after the result was finished. Put the file back, or make the result again in another folder`,
      EXIT.badInput,
    );
  }
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

  finish(): {
    readonly rows: number;
    readonly digest: string;
    readonly firstDifference: Reproduction['firstDifference'];
  } {
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
  const {
    reproduced,
    rows,
    digest,
    expected,
    firstDifference,
    blocks,
    differentBlocks,
    otherVersions: others,
  } = result;
  const versionsNote = others.length === 0 ? [] : [`made with other versions: ${others.join('; ')}`];
  const parts = [
    ...(digest === null ? [] : [`${count(rows)} rows, digest=${digest}`]),
    ...(blocks === 0 ? [] : [`${plural(blocks, 'block')} of other trials`]),
  ];
  if (reproduced) return [`reproduced: ${parts.join(', ')} ${folder}`, ...versionsNote].join('\n');
  return [
    `not reproduced: ${digest === expected ? parts.join(', ') : `digest=${digest}, expected ${expected}`} ${folder}`,
    ...(firstDifference === null
      ? []
      : [
          `first difference in line ${firstDifference.line} of ${ROWS}:`,
          `  kept ${firstDifference.kept ?? 'nothing'}`,
          `  now  ${firstDifference.now ?? 'nothing'}`,
        ]),
    ...(differentBlocks === 0 ? [] : [`${plural(differentBlocks, 'block')} of ${BLOCKS} came out otherwise`]),
    ...(result.sameResult ? [] : [`the figures are not those of ${RESULT}`]),
    ...versionsNote,
  ].join('\n');
}
