import { simulate } from '@faultline/engine';
import { TrialFold } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import { describe, expect, it } from 'vitest';
import { comparisonFaults } from './comparison/comparison-fault.ts';
import { comparisonScenario } from './comparison/comparison-scenario.ts';
import { runTrial, trialSeed } from './trial.ts';
import { summarise } from './trial-summary.ts';

const FAULTS = ['host-failure', 'process-crash', 'planned-failover'];
const TRIALS = 5;

const cases = FAULTS.flatMap((fault) => [...kinds.values()].map((kind) => [kind.id, fault] as const));

describe('a trial', () => {
  it.each(cases)("of %s under %s measures what a run by XState's own interpreter shows", (id, name) => {
    const [kind, fault] = [kinds.get(id), comparisonFaults.get(name)];
    if (!kind || !fault) throw new Error(`no ${id} or no ${name}`);
    const scenario = comparisonScenario(kind, fault, kinds);
    if (!scenario) return;
    for (let trial = 1; trial <= TRIALS; trial++) {
      const fold = new TrialFold();
      for (const record of simulate({ ...scenario, seed: trialSeed('7', trial) }, kinds)) {
        fold.add(record);
        if (fold.settled) break;
      }
      expect(runTrial(scenario, trial, '7', kinds)).toEqual(summarise(trial, fold.result()));
    }
  });
});
