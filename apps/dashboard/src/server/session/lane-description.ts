import { kinds } from '@faultline/models';
import { type Scenario, stringifyScenario } from '@faultline/scenario';
import type { ServerMessageOf } from '../../protocol/server-messages.ts';
import type { Statechart } from '../../protocol/statechart.ts';
import { statechartOf } from '../statecharts.ts';
import type { Lane } from './lane.ts';

/** All that a page is told of a lane before it plays. */
export function describeLane({ recording, name }: Lane): ServerMessageOf<'loaded'>['lanes'][number] {
  const { header, scenario } = recording;
  return { header, yaml: stringifyScenario(scenario), name, charts: chartsOf(scenario) };
}

/** The chart of every kind that the scenario deploys. */
function chartsOf({ topology }: Scenario): Statechart[] {
  const models = [...new Set(Object.values(topology.databases).map(({ model }) => model))];
  return models.flatMap((model) => {
    const kind = kinds.get(model);
    return kind === undefined ? [] : [statechartOf(kind)];
  });
}
