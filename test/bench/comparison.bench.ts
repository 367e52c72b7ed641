import { kinds } from '@faultline/models';
import { comparisonFaults, comparisonScenario, planComparison, runBlock, runTrial } from '@faultline/study';

const TRIALS = 400;
/** The just-in-time compiler needs some hundreds of trials; a study runs thousands. */
const WARM_UP = 600;
const ROUNDS = 10;

/** Trials of the default comparison on one core, by kind; and whether memory grows with their number. */
export function comparisonBench(print: (line: string) => void): void {
  const fault = comparisonFaults.get('host-failure');
  if (!fault) throw new Error('no host-failure to compare');
  print(
    `Comparison under host failure, one core, ${TRIALS} trials of each kind, by processor time: operations straight on`,
  );
  print('  and charts compiled, beside operations event by event and charts by XState itself');
  print(`  ${'kind'.padEnd(26)} as in studies    plain`);
  let secondsInAll = 0;
  for (const kind of kinds.values()) {
    const scenario = comparisonScenario(kind, fault, kinds);
    if (!scenario) continue;
    const trials = (charts: 'compiled' | 'interpreted', count: number): void => {
      for (let trial = 1; trial <= count; trial++) runTrial(scenario, trial, '7', kinds, charts);
    };
    // Both are warm before either is measured, and take turns, so that what else the machine does troubles both alike.
    for (const charts of ['interpreted', 'compiled'] as const) trials(charts, WARM_UP);
    let [interpreted, compiled] = [0, 0];
    for (let round = 0; round < ROUNDS; round++) {
      interpreted += time(() => trials('interpreted', TRIALS / ROUNDS));
      compiled += time(() => trials('compiled', TRIALS / ROUNDS));
    }
    secondsInAll += compiled;
    const [fast, plain] = [compiled, interpreted].map((seconds) => (TRIALS / seconds).toFixed(0).padStart(5));
    print(
      `  ${kind.id.padEnd(26)} ${fast} trials/s   ${plain} trials/s       ${(interpreted / compiled).toFixed(2)} x as fast`,
    );
  }
  print(`  1,000 trials of all ${kinds.size} kinds on one core: ${((secondsInAll * 1000) / TRIALS).toFixed(0)} s`);
  const kind = [...kinds.values()].slice(0, 1);
  const few = heapAfter(() => comparison(kind, 200));
  const many = heapAfter(() => comparison(kind, 2_000));
  print(
    `  heap after 200 trials ${few.toFixed(1)} MB, after 2,000 trials ${many.toFixed(1)} MB: ${(many / few).toFixed(2)} x`,
  );

  function comparison(chosen: readonly (typeof kind)[number][], trials: number): void {
    const plan = planComparison({
      kinds: chosen,
      registry: kinds,
      fault: fault as NonNullable<typeof fault>,
      trials,
      seed: '7',
    });
    for (const { block, collect } of plan.jobs) collect(runBlock(block, kinds));
    plan.result();
  }
}

/** Processor time of the work, in seconds: what it costs, whoever else is on the machine. */
function time(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Live heap in MB after the work, as far as garbage collection can be provoked without a flag. */
function heapAfter(work: () => void): number {
  work();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}
