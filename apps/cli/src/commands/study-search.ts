import type { SearchResult } from '@faultline/metrics';
import { compareJson, searchHtml, searchReport } from '@faultline/report';
import type { Study } from '@faultline/scenario';
import { EXIT } from '../exit-codes.ts';
import { writeNewFile } from '../new-file.ts';
import { log, outputStyle, print, printJson } from '../output.ts';
import { shellWord } from '../shell-word.ts';
import type { Crew } from '../study/carry-out.ts';
import { resultJson } from '../study/folder-files.ts';
import { searchResult } from '../study/search-result.ts';
import { type Findings, StudyFolder } from '../study/study-folder.ts';
import type { StudyOptions } from '../study/study-options.ts';
import type { StudySource } from '../study-file.ts';

/** Finds the cheapest cell of a study that meets its objectives, and says with the exit code whether there is one. */
export async function searchStudy(source: StudySource, study: Study, options: StudyOptions, crew: Crew): Promise<void> {
  const { result, digest } = await foundIn(source, study, options.out, crew);
  const replay = replayOf(source, study);
  if (options.json) printJson(compareJson(result));
  else {
    print(searchReport(result, outputStyle()));
    print(`\nseed=${result.seed} trials=${result.trials} ${digest}replay: ${replay}`);
  }
  if (options.html !== undefined) {
    writeNewFile('--html', options.html, searchHtml(result, replay));
    log(`report: ${options.html}`);
  }
  if (options.out !== undefined) log(`results: ${options.out}`);
  process.exitCode = { found: EXIT.ok, none: EXIT.violated, undecided: EXIT.inconclusive }[result.outcome];
}

/** Searches, and keeps what it finds where there is a folder for it. */
async function foundIn(
  source: StudySource,
  study: Study,
  out: string | undefined,
  crew: Crew,
): Promise<{ readonly result: SearchResult; readonly digest: string }> {
  if (out === undefined) return { result: await searchResult(study, crew), digest: '' };
  const folder = new StudyFolder(out, source, study, 'search');
  try {
    const result = await searchResult(study, crew, folder.memory);
    const digest = folder.finish(searchFindings(result, replayOf(source, study)));
    return { result, digest: `digest=${digest} ` };
  } finally {
    folder.close();
  }
}

function replayOf({ file }: StudySource, { trials, seed }: Study): string {
  return `faultline study ${shellWord(file)} --search --trials ${trials} --seed ${seed}`;
}

function searchFindings(result: SearchResult, replay: string): Findings {
  return {
    json: resultJson(result),
    text: `${searchReport(result)}\n`,
    html: searchHtml(result, replay),
  };
}
