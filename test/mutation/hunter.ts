import { kinds } from '@faultline/models';
import { Hunt } from './hunt.ts';
import { mutantsOf } from './mutate.ts';
import { recordedRuns } from './recorded-runs.ts';

const RUNS = 1_000;
const SEED = '7';

/** Answers numbers of mutants of the kind that it was started for with who noticed them. */
function main(id: string): void {
  const kind = kinds.get(id);
  if (!kind) throw new Error(`no kind ${id}`);
  const mutants = mutantsOf(kind);
  const hunt = new Hunt(kind, RUNS, SEED, recordedRuns(id));
  process.on('message', (index: number) => {
    const mutant = mutants[index];
    if (!mutant) throw new Error(`no mutant ${index} of ${id}`);
    process.send?.({ verdict: hunt.hunt(mutant) });
  });
}

main(process.argv[2] ?? '');
