import { kinds } from '@faultline/models';
import { chartMutantsOf } from './chart-mutants.ts';
import { breakableSources } from './source-mutants.ts';

/** Tests that hunt mutants. */
export interface Hunter {
  readonly name: string;
  /** Files, or the folders that they are in. */
  readonly files: readonly string[];
  /** Only tests with such names. */
  readonly named?: RegExp;
  /** Of many alike, so many have a try at each mutant that they come by. */
  readonly triesMax?: number;
}

/** What is broken, and who may notice. */
export interface Subject {
  readonly name: string;
  readonly mutants: readonly { readonly name: string; readonly line?: number }[];
  /** Cheapest first: what one notices, those after it are not asked about. */
  readonly hunters: readonly Hunter[];
  /** Sources that have to be read with mutants in them. */
  sourcesWith(mutants: ReadonlySet<number>): ReadonlyMap<string, string>;
}

const RUNS_PER_MUTANT = 25;

const CHECKERS = 'packages/checkers/src';

const HISTORIES: Hunter = {
  name: 'recorded verdicts and other tests of histories',
  files: ['recorded-verdicts', 'operations', 'from-trace'].map((name) => `${CHECKERS}/history/${name}.test.ts`),
};

/** Where each group of checkers is tested, apart from the tests in its own folder. */
const CHECKERS_TESTED: Readonly<Record<string, readonly Hunter[]>> = {
  [`${CHECKERS}/invariants`]: [
    { name: 'tests of the checkers', files: [`${CHECKERS}/watch-all.test.ts`] },
    { name: 'canaries', files: ['packages/testing/src/canaries'] },
    { name: 'runs of whole kinds', files: ['test/mutation/whole-kinds.hunt.ts'] },
  ],
  [`${CHECKERS}/history/linearizability`]: [HISTORIES],
  [`${CHECKERS}/history/isolation`]: [HISTORIES],
  [`${CHECKERS}/history/folds`]: [HISTORIES],
  [`${CHECKERS}/history/reading`]: [HISTORIES, { name: 'tests of writing', files: [`${CHECKERS}/history/writing`] }],
};

/** Every kind, by its chart; and the checkers, by their sources. */
export function subjects(): ReadonlyMap<string, () => Subject> {
  return new Map([
    ...[...kinds.keys()].map((id) => [id, () => chartOf(id)] as const),
    ...Object.keys(CHECKERS_TESTED).map((folder) => [folder, () => checkersIn(folder)] as const),
  ]);
}

function chartOf(id: string): Subject {
  const kind = kinds.get(id);
  if (!kind) throw new Error(`no kind ${id}`);
  return {
    name: id,
    mutants: chartMutantsOf(kind),
    hunters: [
      { name: 'tests beside the chart', files: [`packages/models/src/${id.replaceAll('.', '-')}/`] },
      {
        name: 'exploration',
        files: ['packages/testing/src/exploration'],
        named: new RegExp(`^every reachable state of ${id.replaceAll('.', '\\.')} with `),
      },
      { name: 'invariants in random runs', files: ['test/mutation/random-runs.hunt.ts'], triesMax: RUNS_PER_MUTANT },
      { name: 'recorded results', files: ['test/mutation/recorded-results.hunt.ts'] },
    ],
    sourcesWith: () => new Map(),
  };
}

function checkersIn(folder: string): Subject {
  const sources = breakableSources(folder);
  return {
    name: folder,
    mutants: sources.mutants,
    hunters: [{ name: 'tests beside the sources', files: [`${folder}/`] }, ...(CHECKERS_TESTED[folder] ?? [])],
    sourcesWith: (mutants) => sources.with(mutants),
  };
}
