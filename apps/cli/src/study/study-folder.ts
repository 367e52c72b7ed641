import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plural } from '@faultline/report';
import type { Study } from '@faultline/scenario';
import type { BlockMemory, BlockSink, KnownBlocks } from '@faultline/study';
import { CommandError, EXIT } from '../exit-codes.ts';
import { makeFolders } from '../make-folders.ts';
import type { StudySource } from '../study-file.ts';
import { BLOCKS, digestsIn, RESULT } from './folder-files.ts';
import { FolderLock, LOCK } from './folder-lock.ts';
import { KeptBlocks } from './kept-blocks.ts';
import { KeptRows, ROWS } from './kept-rows.ts';
import { FORMAT, MANIFEST, type Manifest, type Mode, readManifest, writeManifest } from './manifest.ts';
import { refuseOther } from './resumable.ts';
import { besideOf, subjectOf } from './subject.ts';
import { versions } from './versions.ts';

/** The last part of a result: what was made of the rows. */
export interface Findings {
  readonly json: string;
  readonly text: string;
  readonly html: string;
}

/**
 * A result as a folder: a manifest, the rows of all trials of the grid as NDJSON and Parquet, the blocks of whatever else
 * was asked for, and the reports. It says that it is unfinished until it is whole, and holds enough to go on, however it
 * was interrupted.
 */
export class StudyFolder {
  readonly #path: string;
  readonly #manifest: Manifest;
  readonly #lock: FolderLock;
  /** Null for a search, which has no grid of equally many trials. */
  readonly #rows: KeptRows | null;
  readonly #blocks: KeptBlocks;
  readonly sink: BlockSink;
  readonly known: KnownBlocks;
  /** For the blocks of all that is no row. */
  readonly memory: BlockMemory;

  /** Opens a new folder, an unfinished one, or a finished one that is to have more trials; else ends the command. */
  constructor(path: string, source: StudySource, study: Study, mode: Mode = 'grid') {
    this.#path = path;
    this.#manifest = manifestOf(source, study, mode);
    const lock = this.#guarded(() => {
      refuseForeign(path);
      makeFolders(path);
      return new FolderLock(path);
    });
    this.#lock = lock;
    try {
      const before = readManifest(path);
      if (before !== null) refuseOther(path, before, this.#manifest);
      [this.#rows, this.#blocks] = this.#guarded(() => {
        // What is to be extended stays finished until all that is there has been looked at.
        if (before === null) writeManifest(path, this.#manifest);
        const blocks = new KeptBlocks(join(path, BLOCKS));
        const refuse = (): never => refuseOtherRows(path);
        const rows = mode === 'grid' ? new KeptRows(path, study, before?.rows?.digest ?? null, refuse) : null;
        if (before !== null) writeManifest(path, this.#manifest);
        return [rows, blocks];
      });
    } catch (error) {
      lock.release();
      throw error;
    }
    this.sink = (cell, columns) => this.#guarded(() => this.#rows?.sink(cell, columns));
    this.known = (cell, from, to) => this.#rows?.known(cell, from, to);
    this.memory = {
      recall: (id) => this.#guarded(() => this.#blocks.recall(id)),
      keep: (id, block, result) => this.#guarded(() => this.#blocks.keep(id, block, result)),
    };
  }

  /** Makes the result whole. Returns the digest of its rows; of its blocks where it has no rows. */
  finish(findings: Findings): string {
    return this.#guarded(() => {
      const rows = this.#rows?.finish() ?? null;
      this.#blocks.finish();
      writeFileSync(join(this.#path, RESULT), findings.json);
      writeFileSync(join(this.#path, 'report.txt'), findings.text);
      writeFileSync(join(this.#path, 'report.html'), findings.html);
      const files = digestsIn(this.#path);
      writeManifest(this.#path, { ...this.#manifest, state: 'finished', rows, files });
      return rows?.digest ?? files[BLOCKS] ?? '';
    });
  }

  /** Lets go of the folder, finished or not; what is known so far stays in it. */
  close(): void {
    try {
      this.#rows?.close();
      this.#blocks.close();
    } finally {
      this.#lock.release();
    }
  }

  #guarded<Value>(write: () => Value): Value {
    try {
      return write();
    } catch (error) {
      if (error instanceof CommandError) throw error;
      const code = (error as NodeJS.ErrnoException).code;
      if (code === undefined) throw error;
      const why = code === 'ENOSPC' ? 'ENOSPC: the disk is full' : code;
      throw new CommandError(
        `--out ${this.#path}: cannot be written (${why}); expected a folder of yours with room. What is there stays: the same command goes on from it`,
        EXIT.usage,
      );
    }
  }
}

function manifestOf({ file, text, base }: StudySource, study: Study, mode: Mode): Manifest {
  const { seed, trials, precision, cells } = study;
  return {
    faultlineStudy: FORMAT,
    mode,
    state: 'unfinished',
    versions: versions(),
    study: { file, text },
    scenario: base,
    subject: subjectOf(study),
    seed,
    trials,
    precision: mode === 'grid' ? precision : null,
    beside: mode === 'grid' ? besideOf(study) : { rare: null, availability: null },
    cells: cells.map(({ label, levels, cost }) => ({ label, levels, cost })),
    rows: null,
    files: {},
  };
}

/** Refuses a path that holds something that no study left there. */
function refuseForeign(path: string): void {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory())
    throw new CommandError(
      `--out ${path}: found a file, expected the path of a new folder, for example --out out/caches`,
      EXIT.usage,
    );
  if (existsSync(join(path, MANIFEST))) return;
  const [first, ...more] = readdirSync(path).filter((name) => name !== LOCK && name !== `${MANIFEST}.partial`);
  if (first === undefined) return;
  const others = more.length > 0 ? ` and ${plural(more.length, 'more file')}` : '';
  throw new CommandError(
    `--out ${path}: found a folder that holds something else (${first}${others}), expected a new one or that of an earlier result; nothing in it was touched`,
    EXIT.usage,
  );
}

function refuseOtherRows(path: string): never {
  throw new CommandError(
    `${join(path, ROWS)}: found rows that are not those of this study: they were changed, or made by another version. Begin again in another folder`,
    EXIT.badInput,
  );
}
