import type { SearchResult } from '@faultline/metrics';
import type { Study } from '@faultline/scenario';
import { type BlockMemory, SearchRun } from '@faultline/study';
import { type Crew, carryOutUnderBar } from './carry-out.ts';
import { withMemory } from './grid-result.ts';

/** Searches a study for its cheapest cell that meets the objectives. `memory` holds what was found before. */
export async function searchResult(study: Study, crew: Crew, memory?: BlockMemory): Promise<SearchResult> {
  const run = new SearchRun(study);
  await carryOutUnderBar(run, withMemory(crew, memory));
  return run.result();
}
