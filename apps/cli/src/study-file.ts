import { accessSync, constants, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { kinds } from '@faultline/models';
import {
  type BaseReader,
  formatProblem,
  MAX_SCENARIO_BYTES,
  parseStudy,
  type Study,
  type StudyPurpose,
} from '@faultline/scenario';
import { CommandError, EXIT } from './exit-codes.ts';
import { SCENARIO_FILE } from './scenario-file.ts';
import { readTextFile } from './text-file.ts';

const STUDY_FILE = {
  name: 'a study',
  maxBytes: MAX_SCENARIO_BYTES,
  example: 'simulations/studies/client-settings.study.yaml',
};

/** A study as it was written: its own text, and that of the scenario that it varies. */
export interface StudySource {
  readonly file: string;
  readonly text: string;
  /** `path` as the study names it. */
  readonly base: { readonly path: string; readonly text: string };
}

/** Reads a study and the scenario that it varies, with their texts, or ends the command with every problem of either. */
export function readStudyFile(
  file: string,
  purpose: StudyPurpose = 'grid',
): { readonly study: Study; readonly source: StudySource } {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new CommandError(
      `${file}: found a folder, expected ${STUDY_FILE.name}, for example ${STUDY_FILE.example}. To run the result in a folder again: --reproduce`,
      EXIT.badInput,
    );
  const text = readTextFile(file, STUDY_FILE);
  let base = { path: '', text: '' };
  const readBase: BaseReader = (path) => {
    const read = baseOf(join(dirname(file), path));
    if (read !== null) base = { path, text: read.text };
    return read;
  };
  const study = studyOf(parseStudy(text, file, readBase, kinds, purpose));
  return { study, source: { file, text, base } };
}

/** The study of texts that were kept. */
export function keptStudy({ file, text, base }: StudySource): Study {
  return studyOf(parseStudy(text, file, () => ({ file: base.path, text: base.text }), kinds));
}

function studyOf(parsed: ReturnType<typeof parseStudy>): Study {
  if (parsed.ok) return parsed.study;
  const problems = parsed.problems.map((problem) => formatProblem(problem, parsed.text));
  throw new CommandError(problems.join('\n\n'), EXIT.badInput);
}

/** Null where nothing can be read: the study then says so at the place where it names the file. */
function baseOf(file: string): { readonly file: string; readonly text: string } | null {
  try {
    accessSync(file, constants.R_OK);
    if (statSync(file).isDirectory()) return null;
  } catch {
    return null;
  }
  return { file, text: readTextFile(file, SCENARIO_FILE) };
}
