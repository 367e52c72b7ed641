import type { StudyResult } from '@faultline/metrics';
import type { Study } from '@faultline/scenario';
import { type BlockMemory, type BlockSink, type KnownBlocks, rememberingExecutor, StudyRun } from '@faultline/study';
import { type Crew, carryOut } from './carry-out.ts';
import { withExtras } from './study-extras.ts';
import { studyProgress } from './study-progress.ts';

/** Where what is found goes, and what was found before. */
export interface Keeping {
  readonly sink: BlockSink;
  readonly known: KnownBlocks;
  /** For what stands beside the grid. */
  readonly memory: BlockMemory;
}

/** Carries out a study: its grid, then what it asks for beside it. */
export async function gridResult(study: Study, crew: Crew, keeping: Keeping | null): Promise<StudyResult> {
  const run = keeping === null ? new StudyRun(study) : new StudyRun(study, keeping.sink, keeping.known);
  const progress = studyProgress(run, study);
  try {
    await carryOut(run, crew, () => progress.show());
  } finally {
    progress.end();
  }
  return withExtras(run.result(), study, withMemory(crew, keeping?.memory));
}

/** Whoever remembers carries out no block twice. */
export function withMemory(crew: Crew, memory: BlockMemory | undefined): Crew {
  return memory === undefined ? crew : { ...crew, executor: rememberingExecutor(crew.executor, memory) };
}
