import type { FaultSpec } from '@faultline/scenario';
import type { Node } from '../nodes/node.ts';
import type { World } from '../world.ts';
import { type Effect, type PreparedFault, undoAll } from './effect.ts';

/** A host loses power or dies. Its volume stays. The undo brings the same host back, if there was one, without the process. */
export function failHost(world: World, node: Node, silently: boolean): () => void {
  const generation = node.hostGeneration;
  node.hostUp = false;
  world.stopNode(node, 'stopped', silently);
  node.record(world.nowUs);
  return () => {
    if (!node.exists || node.hostGeneration !== generation || node.hostUp || world.hasNoPower(node.site)) return;
    node.hostReturned();
    node.record(world.nowUs);
  };
}

export function onNodes(deed: (world: World, node: Node, fault: FaultSpec) => (() => void) | null): Effect {
  return {
    prepare(world, fault): PreparedFault {
      const { target } = fault;
      const nodes = target.on === 'node' ? world.database(target.database).nodesNamed(target.node).slice(0, 1) : [];
      return {
        resolved: nodes.map((node) => node.id),
        apply: () => undoAll(nodes.map((node) => deed(world, node, fault)).filter((undo) => undo !== null)),
      };
    },
  };
}

/** The node's present host is slow, until the fault ends or the host is another one. */
function slowHost(node: Node, slowdown: number): () => void {
  const generation = node.hostGeneration;
  node.slowdown = slowdown;
  return () => {
    if (node.hostGeneration === generation) node.slowdown = 1;
  };
}

/** The node's present volume is ill, whichever host it is attached to, until the fault ends or the volume is another one. */
export function harmVolume(node: Node, storage: Node['storage']): () => void {
  const generation = node.volumeGeneration;
  node.storage = storage;
  return () => {
    if (node.volumeGeneration === generation) node.storage = 'ok';
  };
}

export const nodeEffects: Readonly<Record<string, Effect>> = {
  'process-crash': onNodes((world, node) => {
    world.stopNode(node, 'crashed', !node.hostUp);
    node.record(world.nowUs);
    return null;
  }),
  'host-failure': onNodes((world, node, fault) => failHost(world, node, fault.options.silent === true)),
  'storage-failure': onNodes((_world, node) => harmVolume(node, 'failed')),
  'resource-exhaustion': onNodes((_world, node, fault) => slowHost(node, Number(fault.options.slowdown))),
  'apply-stall': onNodes((world, node) => world.databaseOf(node).plane.stallApply(node.id)),
  'long-transaction': onNodes((world, node, fault) =>
    world.databaseOf(node).plane.addRecoveryWork(Number(fault.options.size)),
  ),
};
