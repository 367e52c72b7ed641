import { resolve } from 'node:path';
import { createVitest } from 'vitest/node';
import type { Hunter, Subject } from './subjects.ts';

const FOLDER = 'test/mutation';

/** What became of the mutants that were hunted. */
export interface Bag {
  /** By number: who noticed a mutant, and by which test. */
  readonly caught: ReadonlyMap<number, Catch>;
  /** Those that no test came by. */
  readonly untouched: ReadonlySet<number>;
}

export interface Catch {
  readonly hunter: string;
  readonly test: string;
  /** It was noticed because the test ran on and on. */
  readonly ranOn: boolean;
}

/**
 * Sends hunters after mutants of a subject, one after the other, each after those that are still at large.
 *
 * @param progress Hears what goes on.
 */
export async function hunt(
  subject: Subject,
  mutants: readonly number[],
  progress: (line: string) => void,
): Promise<Bag> {
  const caught = new Map<number, Catch>();
  const untouched = new Set(mutants);
  for (const hunter of subject.hunters) {
    const left = mutants.filter((mutant) => !caught.has(mutant));
    progress(`${subject.name}: ${left.length} mutants at large, hunted by ${hunter.name}`);
    if (left.length > 0) await huntWith(hunter, subject, left, caught, untouched);
  }
  return { caught, untouched };
}

async function huntWith(
  hunter: Hunter,
  subject: Subject,
  left: readonly number[],
  caught: Map<number, Catch>,
  untouched: Set<number>,
): Promise<void> {
  const sources = new Map(
    [...subject.sourcesWith(new Set(left))].map(([path, source]) => [resolve(path), source] as const),
  );
  const vitest = await createVitest(
    'test',
    {
      watch: false,
      pool: 'threads',
      maxWorkers: 1,
      isolate: false,
      reporters: [{}],
      include: ['**/*.test.ts', `${FOLDER}/*.hunt.ts`],
      setupFiles: [`${FOLDER}/break.setup.ts`],
      runner: `./${FOLDER}/hunting-runner.ts`,
      dangerouslyIgnoreUnhandledErrors: true,
      ...(hunter.named ? { testNamePattern: hunter.named } : {}),
    },
    { plugins: [{ name: 'mutants', enforce: 'pre', load: (id) => sources.get(id) }] },
  );
  try {
    vitest.provide('hunt', {
      subject: subject.name,
      mutants: left,
      triesMax: hunter.triesMax ?? Number.MAX_SAFE_INTEGER,
    });
    const { testModules, unhandledErrors } = await vitest.start([...hunter.files]);
    let run = 0;
    for (const module of testModules) {
      for (const error of module.errors()) throw error;
      for (const test of module.children.allTests()) {
        if (test.result().state === 'failed') throw new Error(`${test.fullName} fails with nothing broken`);
        const { findings } = test.meta();
        if (!findings) continue;
        run++;
        for (const mutant of findings.passed) untouched.delete(mutant);
        const named = { hunter: hunter.name, test: test.fullName };
        for (const mutant of findings.caught) caught.set(mutant, { ...named, ranOn: false });
        for (const mutant of findings.ranOn) caught.set(mutant, { ...named, ranOn: true });
      }
    }
    if (run === 0) throw unhandledErrors[0] ?? new Error(`${hunter.name}: no tests`);
  } finally {
    await vitest.close();
  }
}
