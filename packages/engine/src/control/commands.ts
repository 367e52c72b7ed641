import { MILLISECOND_US } from '@faultline/clock';
import type { Command } from '@faultline/models';
import type { Surroundings } from '../surroundings.ts';
import type { ControlledDatabase } from './controlled-database.ts';

type Of<Type extends Command['type']> = Extract<Command, { readonly type: Type }>;
type Carriers = {
  readonly [Type in Command['type']]: (world: Surroundings, database: ControlledDatabase, command: Of<Type>) => void;
};

/** How each command is carried out, and which fact comes back. */
const carriers: Carriers = {
  FENCE_NODE(world, database, { node, reads }) {
    const target = database.node(node);
    world.change(() => {
      target.fenced = true;
      target.readsWhileFenced = reads === 'kept';
      if (target.hostUp && database.observes(target) && !target.readsWhileFenced)
        world.stopNode(target, 'stopped', false);
    });
    target.record(world.nowUs);
  },
  STOP_NODE(world, database, { node }) {
    const target = database.node(node);
    world.change(() => world.stopNode(target, 'stopped', !target.hostUp));
    target.record(world.nowUs);
  },
  START_NODE(_world, database, command) {
    database.startNode(
      database.node(command.node),
      Math.round(command.startMs * MILLISECOND_US),
      command.clean === true,
    );
  },
  REPLACE_HOST(_world, database, { node, az, volume }) {
    database.replaceHost(database.node(node), az ?? null, volume === 'lost');
  },
  RESTORE_BACKUP: toPlane,
  PROMOTE_NODE(world, database, command) {
    const target = database.node(command.node);
    world.change(() => {
      for (const other of database.nodes.values()) if (other !== target) other.writable = false;
      target.role = command.role;
      target.writable = true;
      target.fenced = false;
      database.plane.execute(command);
    });
    target.record(world.nowUs);
  },
  SET_ROLE(world, database, { node, role, readable, writable }) {
    const target = database.node(node);
    // A process that was cut off and runs on does not hear of its new role: it stays fenced as long as it lives.
    world.change(() => {
      target.role = role;
      target.readable = readable;
      target.writable = writable;
      target.fenced &&= target.alive;
    });
    target.record(world.nowUs);
  },
  REPOINT_ENDPOINT(_world, database, { endpoint, nodes, propagationMs }) {
    database
      .endpoint(endpoint)
      .repoint(nodes, Math.round(propagationMs * MILLISECOND_US), () =>
        database.tell('ENDPOINT_REPOINTED', { endpoint, nodes }, nodes[0]),
      );
  },
  DETACH_COPY: toPlane,
  REBUILD_COPY: toPlane,
  ATTACH_COPY: toPlane,
  SET_ACKS: toPlane,
  COMPARE_POSITIONS: toPlane,
  ASK_PEERS(world, database, { node, peers }) {
    const target = database.node(node);
    const answers = target.alive && target.responsive && target.storage === 'ok';
    const reachedBy = peers.filter(
      (id) => answers && database.node(id).alive && world.network.connects(database.node(id).site, target.site),
    );
    database.tell('PEERS_ANSWERED', { node, reachedBy }, node);
  },
  AWAIT_APPLY: toPlane,
  RECOVER_VOLUME: toPlane,
  REPLACE_SEGMENT: toPlane,
  DISCARD_NODE(_world, database, { node }) {
    database.discard(database.node(node));
  },
  DELETE_DATABASE(world, database) {
    world.change(() => {
      for (const node of database.nodes.values()) database.discard(node);
    });
    for (const endpoint of database.endpoints()) endpoint.lose();
    const region = [...database.nodes.values()][0]?.region;
    for (const follower of world.followersOf(database.name)) follower.tell('SOURCE_DELETED', { region });
  },
  PUBLISH_EVENT(world, database, { id, node, detail }) {
    const event = database.kind.events[id];
    if (!event) throw new Error(`${database.kind.id} has no event ${id} in its catalogue`);
    const subject = event.subject === 'cluster' || node === undefined ? database.name : node;
    world.recorder.add({
      type: 'event',
      atUs: world.nowUs,
      database: database.name,
      source: subject,
      id,
      category: event.category,
      message: world.recorder.isBrief ? event.message : filledIn(event.message, node ?? database.name, detail ?? ''),
    });
  },
  CALL_OPERATOR(world, database, { step }) {
    world.operators.call(database.kind, database.name, step, () => database.tell('OPERATOR_DONE', { step }));
  },
  DISMISS_OPERATOR(world, database, { step }) {
    world.operators.dismiss(database.name, step);
  },
};

function filledIn(message: string, node: string, detail: string): string {
  return message.replace('{node}', node).replace('{detail}', detail);
}

export function carryOut(world: Surroundings, database: ControlledDatabase, command: Command): void {
  const carrier = carriers[command.type] as (
    world: Surroundings,
    database: ControlledDatabase,
    command: Command,
  ) => void;
  carrier(world, database, command);
}

function toPlane(
  world: Surroundings,
  database: ControlledDatabase,
  command: Of<
    | 'RESTORE_BACKUP'
    | 'DETACH_COPY'
    | 'REBUILD_COPY'
    | 'ATTACH_COPY'
    | 'SET_ACKS'
    | 'COMPARE_POSITIONS'
    | 'AWAIT_APPLY'
    | 'RECOVER_VOLUME'
    | 'REPLACE_SEGMENT'
  >,
): void {
  world.change(() => database.plane.execute(command));
}
