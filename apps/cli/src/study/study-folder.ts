import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plural } from '@faultline/report';
import type { Study } from '@faultline/scenario';
import type { BlockSink, KnownBlocks, TrialSummary } from '@faultline/study';
import { CommandError, EXIT } from '../exit-codes.ts';
import { makeFolders } from '../make-folders.ts';
import type { StudySource } from '../study-file.ts';
import { FolderLock, LOCK } from './folder-lock.ts';
import { MANIFEST, type Manifest, readManifest, writeManifest } from './manifest.ts';
import { ParquetFile } from './parquet-file.ts';
import { refuseOther } from './resumable.ts';
import { RowsFile } from './rows-file.ts';
import { TrialOrder } from './trial-order.ts';
import { versions } from './versions.ts';

export const ROWS = 'trials.ndjson';
const PARQUET = 'trials.parquet';

/** The last part of a result: what was made of the rows. */
export interface Findings {
  readonly json: string;
  readonly text: string;
  readonly html: string;
}

/**
 * A result as a folder: a manifest, the rows of all trials as NDJSON and Parquet, and the reports. It says that it is
 * unfinished until it is whole, and holds enough to go on, however it was interrupted.
 */
export class StudyFolder {
  readonly #path: string;
  readonly #manifest: Manifest;
  readonly #lock: FolderLock;
  readonly #rows: RowsFile;
  readonly #parquet: ParquetFile;
  readonly #order: TrialOrder;
  readonly sink: BlockSink;
  readonly known: KnownBlocks;

  /** Opens a new folder, an unfinished one, or a finished one that is to have more trials; else ends the command. */
  constructor(path: string, source: StudySource, study: Study) {
    this.#path = path;
    this.#manifest = manifestOf(source, study);
    const lock = this.#guarded(() => {
      refuseForeign(path);
      makeFolders(path);
      return new FolderLock(path);
    });
    this.#lock = lock;
    try {
      const before = readManifest(path);
      if (before !== null) refuseOther(path, before, this.#manifest);
      [this.#rows, this.#parquet] = this.#guarded(() => {
        // What is to be extended stays finished until its rows have been looked at.
        if (before === null) writeManifest(path, this.#manifest);
        const rows = new RowsFile(join(path, ROWS));
        refuseChangedRows(path, before, rows);
        if (before !== null) writeManifest(path, this.#manifest);
        return [
          rows,
          new ParquetFile(
            join(path, PARQUET),
            study.cells.map(({ label }) => label),
          ),
        ];
      });
    } catch (error) {
      lock.release();
      throw error;
    }
    this.#order = new TrialOrder((cell, summary) => this.#add(cell, summary));
    this.sink = (cell, summaries) =>
      this.#guarded(() => {
        this.#order.sink(cell, summaries);
        this.#rows.flush();
      });
    this.known = (cell, from, to) => this.#rows.known(cell, from, to);
  }

  /** Makes the result whole. Returns the digest of its rows. */
  finish(findings: Findings): string {
    return this.#guarded(() => {
      this.#order.flush();
      const digest = this.#rows.finish();
      if (digest === null) throw otherRows(this.#path);
      this.#parquet.finish();
      writeFileSync(join(this.#path, 'result.json'), findings.json);
      writeFileSync(join(this.#path, 'report.txt'), findings.text);
      writeFileSync(join(this.#path, 'report.html'), findings.html);
      writeManifest(this.#path, { ...this.#manifest, state: 'finished', rows: { count: this.#rows.rows, digest } });
      return digest;
    });
  }

  /** Lets go of the folder, finished or not; what is known so far stays in it. */
  close(): void {
    try {
      this.#rows.close();
    } finally {
      this.#lock.release();
    }
  }

  #add(cell: number, summary: TrialSummary): void {
    if (!this.#rows.add(cell, summary)) throw otherRows(this.#path);
    this.#parquet.add(cell, summary);
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

function manifestOf({ file, text, base }: StudySource, study: Study): Manifest {
  const { seed, trials, precision, cells } = study;
  return {
    faultlineStudy: 1,
    state: 'unfinished',
    versions: versions(),
    study: { file, text },
    scenario: base,
    subject: subjectOf(study),
    seed,
    trials,
    precision,
    cells: cells.map(({ label, levels, cost }) => ({ label, levels, cost })),
    rows: null,
  };
}

/** Digest of what is simulated: the same for two texts of one meaning. */
function subjectOf({ cells }: Study): string {
  const subject = cells.map(({ label, scenario }) => ({ label, scenario }));
  return createHash('sha256').update(JSON.stringify(subject)).digest('hex');
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

function refuseChangedRows(path: string, before: Manifest | null, rows: RowsFile): void {
  if (before?.rows == null || before.rows.digest === rows.digestBefore) return;
  throw otherRows(path);
}

function otherRows(path: string): CommandError {
  return new CommandError(
    `${join(path, ROWS)}: found rows that are not those of this study: they were changed, or made by another version. Begin again in another folder`,
    EXIT.badInput,
  );
}
