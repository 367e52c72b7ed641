import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds } from '@faultline/models';
import { parseScenario, type Scenario } from '@faultline/scenario';

const FOLDER = 'simulations';

/** Larger ones take too long to be run once for each mutant, in operations that their workload asks for. */
const OPERATIONS_MAX = 40_000;

/** A simulation, and the digest of its trace that is recorded beside it. */
export interface RecordedRun {
  readonly scenario: Scenario;
  readonly digest: string;
}

/** The recorded simulations in which a kind is deployed. */
export function recordedRuns(kind: string): readonly RecordedRun[] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.study)\.yaml$/.test(file),
  );
  return files.sort().flatMap((file) => {
    const parsed = parseScenario(readFileSync(join(FOLDER, file), 'utf8'), file, kinds);
    if (!parsed.ok) return [];
    const { scenario } = parsed;
    const deployed = Object.values(scenario.topology.databases).some(({ model }) => model === kind);
    if (!deployed || operationsOf(scenario) > OPERATIONS_MAX) return [];
    const expected = readFileSync(join(FOLDER, file.replace(/\.yaml$/, '.expected.json')), 'utf8');
    return [{ scenario, digest: (JSON.parse(expected) as { readonly digest: string }).digest }];
  });
}

function operationsOf({ workload, horizonUs }: Scenario): number {
  const each = workload.map(({ arrivals, fromUs, untilUs }) => {
    const seconds = ((untilUs ?? horizonUs) - fromUs) / 1_000_000;
    if (arrivals.process === 'poisson') return seconds * arrivals.perSecond;
    return arrivals.process === 'every' ? (seconds * 1_000_000) / arrivals.everyUs : OPERATIONS_MAX;
  });
  return each.reduce((sum, some) => sum + some, 0);
}
