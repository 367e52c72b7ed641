import type { World } from '@faultline/engine';
import type { Canary } from './canary.ts';

type Database = ReturnType<World['database']>;
type Truth = ReturnType<Database['plane']['truth']>;

/** The reader that alone had acknowledged is gone when the writer dies, and the other one is far behind. */
const READER_BEHIND = `scenario: reader-behind
seed: 1
horizon: 3m
topology:
  regions: { us-east-1: [use1-az1, use1-az2, use1-az3] }
  databases: { orders: { model: rds.multi-az-cluster, writer: use1-az1, readers: [use1-az2, use1-az3] } }
  clients: { shop: { connectsTo: orders, from: use1-az2, count: 1 } }
workload: [{ client: shop, op: write, arrivals: { every: 1s }, keys: 1 }]
faults:
  - { at: 1s, fail: orders.writer <-> orders.reader, cause: link-loss, probability: 0.9 }
  - { at: 10s, fail: orders.reader, cause: host-failure }
  - { at: 1m, fail: orders.writer, cause: host-failure }
`;

/** Parts of the data plane and of DNS that do not do what they are told. */
export const brokenParts: readonly Canary[] = [
  {
    name: 'no-fencing',
    breaks: 'A former primary that is cut off from the control plane goes on acknowledging writes.',
    kind: 'rds.multi-az-instance',
    caughtBy: 'single-writer',
    sabotage: (world) => {
      for (const database of world.databases()) neverFence(world, database);
    },
  },
  {
    name: 'arrival-order-wins',
    breaks: 'Of two versions of an item, each Region keeps the one that reached it last.',
    kind: 'dynamodb.global-table',
    caughtBy: 'regions-converge',
    sabotage: (world) => {
      for (const database of world.databases()) decideByArrival(world, database);
    },
  },
  {
    name: 'lost-dns-invalidation',
    breaks: 'The name servers never learn that a record was changed.',
    kind: 'rds.multi-az-instance',
    caughtBy: 'dns-answers-expire',
    sabotage: (world) => {
      for (const database of world.databases()) {
        for (const endpoint of database.endpoints()) {
          const [node = null] = endpoint.nodes;
          endpoint.ask = () => ({ node, ttlUs: endpoint.ttlUs });
        }
      }
    },
  },
  {
    name: 'reader-behind-promoted',
    breaks: 'Of the readers that can be asked one is promoted, whether it holds what was acknowledged or not.',
    kind: 'rds.multi-az-cluster',
    caughtBy: 'acknowledged-writes-survive',
    sabotage: (world) => {
      for (const database of world.databases()) electAnybody(database);
    },
    given: READER_BEHIND,
  },
  {
    name: 'non-monotone-replay',
    breaks: 'A replica that starts again replays its log from the beginning while it serves.',
    kind: 'rds.read-replica',
    caughtBy: 'positions-never-move-back',
    sabotage: (world) => {
      for (const database of world.databases()) replayFromTheStart(database);
    },
  },
];

/** Nodes cannot be fenced, and one that once took writes answers them whoever writes now. */
function neverFence(world: World, database: Database): void {
  const { plane } = database;
  for (const node of database.nodes.values()) {
    let writable = node.writable;
    const once = { get: () => writable, set: (value: boolean) => (writable ||= value) };
    Object.defineProperties(node, { fenced: { get: () => false, set: () => {} }, writable: once });
  }
  let former: { readonly id: string; readonly timeline: number } | null = null;
  const execute = plane.execute.bind(plane);
  plane.execute = (command) => {
    if (command.type === 'PROMOTE_NODE') {
      const writer = plane.originWriter();
      if (writer && plane.timeline) former = { id: writer.id, timeline: plane.timeline.id };
    }
    execute(command);
  };
  const write = plane.write.bind(plane);
  let lsn = 1_000_000;
  plane.write = (request) => {
    const { node, exchange } = request;
    if (former === null || node.id !== former.id || plane.originWriter() === node) return write(request);
    lsn++;
    exchange.replyAt(world.nowUs + 1, { lsn, timeline: former.timeline, committedAtUs: world.nowUs });
  };
}

/** What takes a version from the Region that wrote it to another one. */
const UNDER_WAY_US = 1_000_000;

function decideByArrival(world: World, database: Database): void {
  const { plane } = database;
  const written: { readonly key: number; readonly op: number; readonly node: string; readonly atUs: number }[] = [];
  const write = plane.write.bind(plane);
  plane.write = (request) => {
    const { key, op, node } = request;
    written.push({ key, op, node: node.id, atUs: world.nowUs });
    write(request);
  };
  const truth = plane.truth.bind(plane);
  plane.truth = () => {
    const real = truth();
    const arrivedUs = (op: number, node: string) => {
      const one = written.find((candidate) => candidate.op === op);
      return one ? one.atUs + (one.node === node ? 0 : UNDER_WAY_US) : 0;
    };
    const contents: Truth['contents'] = (nowUs) => {
      const all = real.contents(nowUs);
      const versions = all.flatMap(({ items }) => items);
      return all.map(({ node, items, complete }) => ({
        node,
        complete,
        items: items.map((item) => lastArrived(item, node)),
      }));
      function lastArrived(item: (typeof versions)[number], node: string) {
        const [key, , order] = item;
        const [newest] = written
          .filter((one) => one.key === key)
          .sort((a, b) => arrivedUs(b.op, node) - arrivedUs(a.op, node));
        return newest ? ([key, newest.op, order] as const) : item;
      }
    };
    return overriding(real, { contents });
  };
}

function electAnybody(database: Database): void {
  const tell = database.tell.bind(database);
  database.tell = (fact, detail, concerns) => {
    const [behind = null] = (detail?.lacking as readonly string[] | undefined) ?? [];
    const isVain = fact === 'POSITIONS_COMPARED' && detail?.newest === null;
    tell(fact, isVain ? { newest: behind, leastBehind: behind, lacking: [] } : detail, concerns);
  };
}

function replayFromTheStart(database: Database): void {
  const { plane } = database;
  const stopped = new Set<string>();
  const nodeStopped = plane.nodeStopped.bind(plane);
  plane.nodeStopped = (node) => {
    stopped.add(node.id);
    nodeStopped(node);
  };
  const truth = plane.truth.bind(plane);
  plane.truth = () => {
    const real = truth();
    const positions: Truth['positions'] = (nowUs) =>
      real
        .positions(nowUs)
        .map((one) => (stopped.has(one.node) && one.part === 'follows' ? { ...one, appliedLsn: 0 } : one));
    return overriding(real, { positions });
  };
}

function overriding(real: Truth, part: Partial<Truth>): Truth {
  return {
    positions: (nowUs) => real.positions(nowUs),
    whereabouts: (node, timeline, lsn, atUs) => real.whereabouts(node, timeline, lsn, atUs),
    contents: (nowUs) => real.contents(nowUs),
    volume: () => real.volume(),
    underWay: (nowUs) => real.underWay(nowUs),
    ...part,
  };
}
