import { exactDuration, MILLISECOND_US } from '@faultline/clock';
import type { DeploymentKind } from '@faultline/models';
import { SAMPLE_EVERY_US } from './defaults.ts';
import { expectations, noExpectations } from './expect.ts';
import { fault } from './faults.ts';
import { contradict, list, type OpenMapping, openMapping } from './mapping.ts';
import { prose, scenarioName, seed } from './names.ts';
import { duration } from './quantities.ts';
import { orWord } from './reader.ts';
import type { Report } from './report.ts';
import type { Scenario } from './scenario.ts';
import { type ReadTopology, readTopology, topologyShape } from './topology.ts';
import { isOtherKind, type Value } from './value.ts';
import { workload } from './workload.ts';

const shape = { expects: 'a mapping that begins with `scenario`', example: 'scenario: my-first-scenario' };
const KEYS = ['scenario', 'summary', 'seed', 'horizon', 'sample', 'topology', 'workload', 'faults', 'expect'];

/** A position sample of every node this often would be the longest part of a trace. */
const MOST_SAMPLES = 1_000_000;
const MOST_FAULTS = 10_000;

const horizon = duration({ minUs: MILLISECOND_US, example: '20m' });
const sample = orWord({ none: 0 }, duration({ minUs: MILLISECOND_US, example: '1s' }));

/** The whole file; undefined when something was reported that leaves nothing to put together. */
export function readScenario(
  value: Value,
  report: Report,
  kinds: ReadonlyMap<string, DeploymentKind>,
): Scenario | undefined {
  if (isOtherKind(value, 'topology', 'study')) {
    report.add(value.at, () => ({
      found: 'a study, not a scenario',
      expected: 'a scenario, such as the one that the study names; a study is for `faultline study`',
      write: shape.example,
    }));
    return undefined;
  }
  const keys = openMapping(value, report, shape, KEYS);
  if (keys === undefined) return undefined;
  const name = keys.required('scenario', scenarioName);
  const summary = keys.optional('summary', prose, '');
  const seedText = keys.required('seed', seed);
  const horizonUs = keys.required('horizon', horizon);
  const sampleEveryUs = keys.optional('sample', sample, SAMPLE_EVERY_US);
  const topology = keys.required('topology', {
    ...topologyShape,
    read: (entry): ReadTopology | undefined => readTopology(entry, report, kinds),
  });
  if (topology === undefined) return undefined;
  const rest = readRest(keys, topology, horizonUs ?? Number.POSITIVE_INFINITY);
  if (name === undefined || summary === undefined || seedText === undefined || rest === undefined) return undefined;
  if (horizonUs === undefined || sampleEveryUs === undefined) return undefined;
  reportTooManySamples(keys, sampleEveryUs, horizonUs, report);
  return { name, summary, seed: seedText, horizonUs, sampleEveryUs, topology: topology.spec, ...rest };
}

/** What happens in the world, and what is expected of it. */
function readRest(
  keys: OpenMapping,
  { declared }: ReadTopology,
  horizonUs: number,
): Pick<Scenario, 'workload' | 'faults' | 'expect'> | undefined {
  const work = keys.required('workload', workload(declared, horizonUs));
  const faults = keys.optional('faults', list(fault(declared, horizonUs), { max: MOST_FAULTS }), []);
  const expect = keys.optional('expect', expectations(declared), noExpectations);
  if (work === undefined || faults === undefined || expect === undefined) return undefined;
  return { workload: work, faults, expect };
}

function reportTooManySamples(keys: OpenMapping, sampleEveryUs: number, horizonUs: number, report: Report): void {
  if (sampleEveryUs === 0 || horizonUs / sampleEveryUs <= MOST_SAMPLES) return;
  const shortestUs = Math.ceil(horizonUs / MOST_SAMPLES);
  const shortest = exactDuration(shortestUs < MILLISECOND_US ? MILLISECOND_US : shortestUs);
  const found = `${Math.ceil(horizonUs / sampleEveryUs)} samples, one every ${exactDuration(sampleEveryUs)}`;
  contradict(
    keys.value.entries.get('sample') ?? { ...keys.value, key: 'sample' },
    report,
    found,
    `at most ${MOST_SAMPLES} samples in a horizon of ${exactDuration(horizonUs)}`,
    shortest,
  );
}
