import { kinds } from '@faultline/models';
import { Hunt } from './hunt.ts';
import { mutantsOf } from './mutate.ts';
import { recordedRuns } from './recorded-runs.ts';

const RUNS = 400;
const SEED = '7';

/**
 * Breaks the chart of each kind in every place, one at a time, and counts the mutants that somebody notices: an
 * invariant in random runs, or the recorded result of a simulation. Names those that nobody does.
 */
function main(wanted: readonly string[]): number {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const unknown = wanted.filter((id) => !kinds.has(id));
  if (unknown.length > 0) {
    process.stderr.write(`no kind ${unknown.join(', ')}: there are ${[...kinds.keys()].join(', ')}\n`);
    return 64;
  }
  let [caughtInAll, mutantsInAll] = [0, 0];
  for (const kind of kinds.values()) {
    if (wanted.length > 0 && !wanted.includes(kind.id)) continue;
    const hunt = new Hunt(kind, RUNS, SEED, recordedRuns(kind.id));
    const mutants = mutantsOf(kind);
    const verdicts = mutants.map((mutant) => {
      const verdict = hunt.hunt(mutant);
      if (verdict === null) print(`  survived  ${kind.id}  ${mutant.name}`);
      return verdict;
    });
    const by = (who: string) => verdicts.filter((verdict) => verdict?.by === who).length;
    const caught = verdicts.filter((verdict) => verdict !== null).length;
    print(
      `${kind.id}: ${caught} of ${mutants.length} mutants caught, ${percent(caught, mutants.length)} (${by('invariant')} by invariants, ${by('recorded result')} more by recorded results)`,
    );
    caughtInAll += caught;
    mutantsInAll += mutants.length;
  }
  print(`in all: ${caughtInAll} of ${mutantsInAll} mutants caught, ${percent(caughtInAll, mutantsInAll)}`);
  return 0;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
}

process.exitCode = main(process.argv.slice(2));
