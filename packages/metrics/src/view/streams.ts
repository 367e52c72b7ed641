import type { HeaderDatabase, HeaderRecord, ReplicationRecord, TimelineRecord } from '@faultline/trace';
import { sourceOf } from '../resolved-scenario.ts';
import type { StreamView } from './view-state.ts';

/** Roles of nodes that others of their database copy from. */
const WRITING_ROLES: readonly string[] = ['primary', 'writer', 'leader', 'instance'];
/** Roles of nodes that hold no copy before they are made. */
const COPYLESS_ROLES: readonly string[] = ['restored', 'log-replica'];

/** Who copies from whom. A trace records changes only, so that the streams at the start follow from the roles. */
export class Streams {
  readonly list: StreamView[];

  constructor(list: StreamView[] = []) {
    this.list = list;
  }

  begin(header: HeaderRecord): void {
    for (const database of header.databases) {
      const source = sourceOf(header.resolved, database.database);
      const above = header.databases.find((candidate) => candidate.database === source);
      const pairs = above === undefined ? pairsWithin(database) : pairsFrom(above, database);
      for (const [from, to] of pairs) {
        this.list.push({ database: database.database, from, to, state: 'initial', sinceUs: 0 });
      }
    }
  }

  changed({ atUs, database, from, to, state }: ReplicationRecord): void {
    const place = this.list.findIndex((stream) => stream.from === from && stream.to === to);
    const stream = { database, from, to, state, sinceUs: atUs };
    if (place >= 0) this.list[place] = stream;
    else {
      // Whoever follows another now has left the one before.
      this.#drop((known) => known.to === to && known.database === database);
      this.#drop((known) => known.to === from && known.from === to);
      this.list.push(stream);
    }
  }

  /** The node that begins a timeline follows nobody any more. */
  promoted({ database, node, parent, timeline }: TimelineRecord): void {
    if (parent !== timeline) this.#drop((known) => known.to === node && known.database === database);
  }

  #drop(unwanted: (stream: StreamView) => boolean): void {
    for (let place = this.list.length - 1; place >= 0; place--) {
      if (unwanted(this.list[place] as StreamView)) this.list.splice(place, 1);
    }
  }
}

type Pair = readonly [from: string, to: string];

function pairsWithin({ nodes }: HeaderDatabase): readonly Pair[] {
  const copies = nodes.filter(({ role }) => !WRITING_ROLES.includes(role) && !COPYLESS_ROLES.includes(role));
  // Replicas without a writer among them write all and copy from one another; beside them, each Region has its own leader.
  const peers = copies.filter(({ role }) => role === 'replica');
  const followers = copies.filter(({ role }) => role !== 'replica');
  const between = peers.flatMap((from) => peers.filter((to) => to !== from).map((to): Pair => [from.node, to.node]));
  const writers = nodes.filter(({ role }) => WRITING_ROLES.includes(role));
  const within = followers.flatMap((to) => {
    const from = writers.find(({ region }) => region === to.region) ?? writers[0];
    return from === undefined ? [] : [[from.node, to.node] as Pair];
  });
  return [...between, ...within];
}

function pairsFrom(above: HeaderDatabase, { nodes }: HeaderDatabase): readonly Pair[] {
  const from = above.nodes.find(({ role }) => WRITING_ROLES.includes(role)) ?? above.nodes[0];
  return from === undefined ? [] : nodes.map(({ node }): Pair => [from.node, node]);
}
