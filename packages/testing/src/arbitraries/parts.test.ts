import { kinds } from '@faultline/models';
import { parseScenario, stringifyScenario } from '@faultline/scenario';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { faultSchedulesOf, topologiesOf, workloadsOf } from './parts.ts';

it.each([...kinds.values()])('topologies, faults and work of $id make scenarios that are valid', (kind) => {
  const scenarios = topologiesOf(kind, kinds).chain((quiet) =>
    fc
      .tuple(faultSchedulesOf(quiet, { kinds, faultsMax: 2 }), workloadsOf(quiet))
      .map(([faults, workload]) => ({ ...quiet, horizonUs: 4 * 3_600_000_000, faults, workload })),
  );
  fc.assert(
    fc.property(scenarios, (scenario) => {
      expect(parseScenario(stringifyScenario(scenario), 'random', kinds)).toEqual({ ok: true, scenario });
    }),
    { seed: 1, numRuns: 20 },
  );
});
