import type { FaultSpec } from '@faultline/scenario';
import type { World } from '../world.ts';
import type { PreparedFault } from './effect.ts';

/** A planned action: the customer asks the service for something. */
export function request(world: World, fault: FaultSpec, asked: string): PreparedFault {
  const { target } = fault;
  if (target.on !== 'database' && target.on !== 'node') return { resolved: [], apply: () => null };
  const database = world.database(target.database);
  const node = target.on === 'node' ? database.nodesNamed(target.node)[0]?.id : undefined;
  return {
    resolved: [node ?? database.name],
    apply: () => {
      database.tell(`${asked.toUpperCase().replaceAll('-', '_')}_REQUESTED`, node === undefined ? {} : { node }, node);
      return null;
    },
  };
}
