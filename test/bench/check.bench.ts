import { invariants } from '@faultline/checkers';
import { simulate } from '@faultline/engine';
import { kinds } from '@faultline/models';
import { type SearchPlan, scenariosOf, search } from '@faultline/testing';

const WARM_UP = 50;
const RUNS = 300;

/** Random runs per second of one core with all invariants, beside the same scenarios run without anybody watching. */
export function checkBench(print: (line: string) => void): void {
  print(`Random runs, one core, ${RUNS} of each kind: drawn and checked, and the same scenarios merely simulated`);
  for (const kind of kinds.values()) {
    const plan: SearchPlan = { seed: '7', given: [], sources: [scenariosOf(kind, { kinds })] };
    const runs = search(plan, { kinds, invariants });
    const scenarios = take(WARM_UP, () => runs.next().value.scenario);
    for (const scenario of scenarios) for (const _ of simulate(scenario, kinds));
    const [checked, checkedMs] = timed(() => take(RUNS, () => runs.next().value.scenario));
    const [, bareMs] = timed(() => {
      for (const scenario of checked) for (const _ of simulate(scenario, kinds));
    });
    const perSecond = (ms: number) => ((RUNS * 1_000) / ms).toFixed(0).padStart(5);
    print(
      `  ${kind.id.padEnd(26)} ${perSecond(checkedMs)} runs/s checked  ${perSecond(bareMs)} runs/s bare  ${(checkedMs / bareMs).toFixed(2)} x`,
    );
  }
}

function take<Thing>(count: number, next: () => Thing): readonly Thing[] {
  return Array.from({ length: count }, next);
}

/** In milliseconds of this process's own time, which others on the machine do not lengthen. */
function timed<Result>(work: () => Result): readonly [Result, number] {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1_000];
}
