import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { kinds } from '@faultline/models';
import { ComparisonRun, comparisonFaults, comparisonScenario, runBlock } from '@faultline/study';

const SPEED = fileURLToPath(new URL('./trial-speed.js', import.meta.url));

/** Trials of the default comparison on one core, by kind; and whether memory grows with their number. */
export function comparisonBench(print: (line: string) => void): void {
  const fault = comparisonFaults.get('host-failure');
  if (!fault) throw new Error('no host-failure to compare');
  print(
    'Comparison under host failure, trials a second of one core, each figure in a process of its own: as studies run',
  );
  print('them (operations straight on, charts compiled), and plain (event by event, charts by XState itself)');
  print(`  ${'kind'.padEnd(26)} as in studies    plain`);
  let secondsInAll = 0;
  for (const kind of kinds.values()) {
    if (!comparisonScenario(kind, fault, kinds)) continue;
    const [fast, plain] = [speedOf(kind.id, 'fast'), speedOf(kind.id, 'plain')];
    secondsInAll += 1_000 / fast;
    const [fastText, plainText] = [fast, plain].map((speed) => speed.toFixed(0).padStart(5));
    print(
      `  ${kind.id.padEnd(26)} ${fastText} trials/s   ${plainText} trials/s   ${(fast / plain).toFixed(2)} x as fast`,
    );
  }
  for (const id of ['rds.multi-az-instance', 'aurora.cluster'])
    print(
      `  ${id.padEnd(26)} ${speedOf(id, 'retrying').toFixed(0).padStart(5)} trials/s with clients by default, which try again`,
    );
  print(`  1,000 trials of all ${kinds.size} kinds on one core: ${secondsInAll.toFixed(1)} s`);
  const kind = [...kinds.values()].slice(0, 1);
  const few = heapAfter(() => comparison(kind, 200));
  const many = heapAfter(() => comparison(kind, 2_000));
  print(
    `  heap after 200 trials ${few.toFixed(1)} MB, after 2,000 trials ${many.toFixed(1)} MB: ${(many / few).toFixed(2)} x`,
  );

  function comparison(chosen: readonly (typeof kind)[number][], trials: number): void {
    const run = new ComparisonRun({
      kinds: chosen,
      registry: kinds,
      fault: fault as NonNullable<typeof fault>,
      trials,
      seed: '7',
    });
    for (let jobs = run.nextRound(); jobs.length > 0; jobs = run.nextRound())
      for (const { block, collect } of jobs) collect(runBlock(block, kinds));
    run.result();
  }
}

function speedOf(kind: string, how: 'fast' | 'plain' | 'retrying'): number {
  return Number(execFileSync(process.execPath, [SPEED, kind, how], { encoding: 'utf8' }));
}

/** Live heap in MB after the work, as far as garbage collection can be provoked without a flag. */
function heapAfter(work: () => void): number {
  work();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}
