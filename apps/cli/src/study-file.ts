import { accessSync, constants, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { kinds } from '@faultline/models';
import { formatProblem, MAX_SCENARIO_BYTES, parseStudy, type Study } from '@faultline/scenario';
import { CommandError, EXIT } from './exit-codes.ts';
import { SCENARIO_FILE } from './scenario-file.ts';
import { readTextFile } from './text-file.ts';

const STUDY_FILE = {
  name: 'a study',
  maxBytes: MAX_SCENARIO_BYTES,
  example: 'simulations/studies/client-settings.study.yaml',
};

/** Reads a study and the scenario that it varies, or ends the command with every problem of either. */
export function readStudy(file: string): Study {
  const text = readTextFile(file, STUDY_FILE);
  const parsed = parseStudy(text, file, (path) => baseOf(join(dirname(file), path)), kinds);
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
