import { setMaxListeners } from 'node:events';
import { Script } from 'node:vm';
import { inject, type RunnerTestCase } from 'vitest';
import { VitestTestRunner } from 'vitest/runners';
import { BREAKER, type Breaker } from './breaker.ts';

/** A test that takes so much longer than it does with nothing broken runs on for ever, and notices by that. */
const TIMES_LONGER = 10;
const LEAST_MS = 5_000;

// A test that runs once for each mutant listens as often for its own end.
setMaxListeners(0);

const ACT = '__faultlineAct';

/**
 * Runs each test with nothing broken, with something broken that makes no difference, and then with each mutant that
 * it came by and that no test has noticed.
 */
class HuntingRunner extends VitestTestRunner {
  readonly #script = new Script(`globalThis.${ACT}()`);
  /** Tests that have not noticed a mutant, by those that are at large. */
  #tries: Map<number, number> | undefined;

  async runTask(test: RunnerTestCase): Promise<void> {
    const breaker = (globalThis as unknown as { readonly [BREAKER]: Breaker })[BREAKER];
    const { mutants, triesMax } = inject('hunt');
    this.#tries ??= new Map(mutants.map((mutant) => [mutant, 0]));
    const tries = this.#tries;
    const act = async () => VitestTestRunner.getTestFn(test)();
    Object.assign(globalThis, { [ACT]: act });
    const startedAt = performance.now();
    const passed = [...(await breaker.passedBy(act))].filter((mutant) => (tries.get(mutant) ?? triesMax) < triesMax);
    const limitMs = Math.ceil(LEAST_MS + TIMES_LONGER * (performance.now() - startedAt));
    breaker.breakNothing();
    await this.#run(limitMs);
    const [caught, ranOn]: [number[], number[]] = [[], []];
    for (const mutant of passed) {
      breaker.breakOnly(mutant);
      const end = await this.#endOf(limitMs);
      if (end === 'passes') tries.set(mutant, (tries.get(mutant) ?? 0) + 1);
      else {
        tries.delete(mutant);
        (end === 'fails' ? caught : ranOn).push(mutant);
      }
    }
    breaker.mend();
    test.meta.findings = { passed, caught, ranOn };
  }

  async #endOf(limitMs: number): Promise<'passes' | 'fails' | 'runs on'> {
    try {
      await this.#run(limitMs);
      return 'passes';
    } catch (error) {
      return (error as { readonly code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? 'runs on' : 'fails';
    }
  }

  /** A test that never gives way can be ended from outside only. */
  async #run(timeout: number): Promise<void> {
    await this.#script.runInThisContext({ timeout });
  }
}

export { HuntingRunner as default };
