import { TableMemory } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import { comparisonFaults, comparisonScenario, runTrial } from '@faultline/study';

/**
 * Trials of one kind under host failure in a process of their own, as a worker of a study runs them: what else was run
 * before leaves nothing behind that the just-in-time compiler would have to allow for. Prints trials per second of
 * processor time.
 */
const [id = '', how = ''] = process.argv.slice(2);
const [WARM_UP_S, MEASURED_S] = [5, 2];
const BATCH = 20;

const kind = kinds.get(id);
const fault = comparisonFaults.get('host-failure');
const scenario = kind && fault && comparisonScenario(kind, fault, kinds);
if (!scenario) throw new Error(`no trials of ${id}`);

// As within a block of trials.
const memory = new TableMemory();
let trial = 0;
const trialsFor = (seconds: number): number => {
  const begun = process.cpuUsage();
  const first = trial;
  for (;;) {
    for (let one = 0; one < BATCH; one++)
      runTrial(scenario, ++trial, '7', kinds, how === 'plain' ? 'interpreted' : 'compiled', memory);
    const { user, system } = process.cpuUsage(begun);
    const spentS = (user + system) / 1e6;
    if (spentS >= seconds) return (trial - first) / spentS;
  }
};

trialsFor(WARM_UP_S);
process.stdout.write(`${trialsFor(MEASURED_S)}\n`);
