import { kinds } from '@faultline/models';
import { comparisonFaults, planComparison, runBlock } from '@faultline/study';

const TRIALS = 100;

/** Trials of the default comparison on one core, by kind; and whether memory grows with their number. */
export function comparisonBench(print: (line: string) => void): void {
  const fault = comparisonFaults.get('host-failure');
  if (!fault) throw new Error('no host-failure to compare');
  print(`Comparison under host failure, one core, ${TRIALS} trials of each kind`);
  let secondsInAll = 0;
  let baseline = 0;
  for (const kind of kinds.values()) {
    const seconds = time(() => comparison([kind], TRIALS));
    secondsInAll += seconds;
    baseline ||= seconds;
    const perSecond = (TRIALS / seconds).toFixed(0).padStart(5);
    print(`  ${kind.id.padEnd(26)} ${perSecond} trials/s  ${(seconds / baseline).toFixed(2)} x the first`);
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

function time(work: () => void): number {
  const startedAt = performance.now();
  work();
  return (performance.now() - startedAt) / 1000;
}

/** Live heap in MB after the work, as far as garbage collection can be provoked without a flag. */
function heapAfter(work: () => void): number {
  work();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}
