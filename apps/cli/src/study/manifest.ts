import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Study } from '@faultline/scenario';
import { CommandError, EXIT } from '../exit-codes.ts';
import type { Beside } from './subject.ts';
import type { Versions } from './versions.ts';

/** Changed whenever older files could no longer be read. */
export const FORMAT = 3;

export const MANIFEST = 'manifest.json';

/** What was made of a study: the trials of its grid with all that stands beside it, or a search. */
export type Mode = 'grid' | 'search';

/** What a result says of itself: enough to repeat it without anything else. */
export interface Manifest {
  readonly faultlineStudy: typeof FORMAT;
  readonly mode: Mode;
  readonly state: 'unfinished' | 'finished';
  readonly versions: Versions;
  /** The files as they were read. */
  readonly study: { readonly file: string; readonly text: string };
  readonly scenario: { readonly path: string; readonly text: string };
  /** Digest of the scenarios of all cells, whatever the files look like. */
  readonly subject: string;
  /** In place of what the file says. Trial t of every cell runs under `<seed>.<t>`. */
  readonly seed: string;
  readonly trials: number;
  readonly precision: Study['precision'];
  readonly beside: Beside;
  /** Rows name cells by their number, from 0. */
  readonly cells: readonly { readonly label: string; readonly levels: readonly number[]; readonly cost: number }[];
  /** Null until the result is finished, and for a search; `digest` is the SHA-256 of the NDJSON rows. */
  readonly rows: { readonly count: number; readonly digest: string } | null;
  /** The SHA-256 of every other file; none until the result is finished. */
  readonly files: Readonly<Record<string, string>>;
}

/** Writes the manifest in one step, with a digest of its own. */
export function writeManifest(folder: string, manifest: Manifest): void {
  const path = join(folder, MANIFEST);
  const text = JSON.stringify({ ...manifest, checksum: checksumOf(manifest) }, null, 2);
  writeFileSync(`${path}.partial`, `${text}\n`, { flush: true });
  renameSync(`${path}.partial`, path);
}

/** The manifest of a folder, null where there is none; ends the command when it cannot be trusted. */
export function readManifest(folder: string): Manifest | null {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) return null;
  const { checksum, ...manifest } = parsed(path);
  if (manifest.faultlineStudy !== FORMAT)
    throw new CommandError(
      `${path}: found format ${JSON.stringify(manifest.faultlineStudy) ?? 'none'}, expected ${FORMAT}: the folder is no result of a study, or of another version of Faultline. Read it with that version, or name another folder`,
      EXIT.badInput,
    );
  if (checksum !== checksumOf(manifest))
    throw new CommandError(
      `${path}: found contents that were changed after they were written (checksum ${String(checksum)}), expected them as Faultline wrote them. Put the file back, or begin again in another folder`,
      EXIT.badInput,
    );
  return manifest as unknown as Manifest;
}

function parsed(path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== undefined) throw new CommandError(`${path}: cannot be read (${code})`, EXIT.badInput);
  }
  throw new CommandError(
    `${path}: found text that is no JSON object, expected the manifest of a study. Put the file back, or begin again in another folder`,
    EXIT.badInput,
  );
}

function checksumOf(manifest: object): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}
