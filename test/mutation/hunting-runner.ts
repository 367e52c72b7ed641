import { setMaxListeners } from 'node:events';
import { Script } from 'node:vm';
import { inject, type RunnerTestCase } from 'vitest';
import { VitestTestRunner } from 'vitest/runners';
import { BREAKER, type Breaker } from './breaker.ts';

/** A test that takes so much longer than it does with nothing broken runs on for ever, and notices by that. */
const TIMES_LONGER = 20;
const LEAST_MS = 10_000;

// A test that runs once for each mutant listens as often for its own end.
setMaxListeners(0);

const ACT = '__faultlineAct';

/**
 * Runs each test with nothing broken, with something broken that makes no difference, and then with each mutant that
 * it came by and that no test has noticed.
 */
export default class HuntingRunner extends VitestTestRunner {
  readonly #script = new Script(`globalThis.${ACT}()`);
  #left: Set<number> | undefined;

  async runTask(test: RunnerTestCase): Promise<void> {
    const breaker = (globalThis as unknown as { readonly [BREAKER]: Breaker })[BREAKER];
    this.#left ??= new Set(inject('hunt').mutants);
    const act = async () => VitestTestRunner.getTestFn(test)();
    Object.assign(globalThis, { [ACT]: act });
    const startedAt = performance.now();
    const passed = [...(await breaker.passedBy(act))].filter((mutant) => this.#left?.has(mutant));
    const limitMs = Math.ceil(LEAST_MS + TIMES_LONGER * (performance.now() - startedAt));
    breaker.breakNothing();
    await this.#run(limitMs);
    const [caught, ranOn]: [number[], number[]] = [[], []];
    for (const mutant of passed) {
      breaker.breakOnly(mutant);
      const end = await this.#endOf(limitMs);
      if (end === 'passes') continue;
      this.#left.delete(mutant);
      (end === 'fails' ? caught : ranOn).push(mutant);
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
