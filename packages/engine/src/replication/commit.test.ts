import { type DeploymentKind, kinds } from '@faultline/models';
import { parseScenario, type Scenario } from '@faultline/scenario';
import type { TraceRecord } from '@faultline/trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../nodes/exchange.ts';
import { simulate } from '../simulate.ts';
import type { World } from '../world.ts';
import { type Commit, promise, replyWith } from './commit.ts';
import type { DataPlane } from './plane.ts';

const REGIONS = {
  'us-east-1': ['use1-az1', 'use1-az2', 'use1-az3'],
  'us-west-2': ['usw2-az1', 'usw2-az2', 'usw2-az3'],
  'us-east-2': ['use2-az1', 'use2-az2', 'use2-az3'],
};

/** What can befall the writer, its AZ, or the way to another one. */
const FAULTS = [
  ['writer', 'host-failure'],
  ['writer', 'process-crash'],
  ['writer', 'storage-stall'],
  ['writer', 'resource-exhaustion'],
  ['use1-az1', 'az-isolated'],
  ['use1-az2', 'az-outage'],
  ['use1-az1 <-> use1-az2', 'link-cut'],
  ['use1-az1 <-> use1-az2', 'link-loss'],
  ['us-east-1', 'region-isolated'],
] as const;

const fault = fc.record({
  place: fc.nat(FAULTS.length - 1),
  atMs: fc.integer({ min: 500, max: 20_000 }),
  lastsMs: fc.oneof(fc.integer({ min: 50, max: 400 }), fc.integer({ min: 1_000, max: 20_000 })),
});

type Fault = typeof fault extends fc.Arbitrary<infer Value> ? Value : never;

/** Two cohorts that write and read the same few items all the time, in the Region of the writer and in another one. */
function scenarioOf(kind: DeploymentKind, faults: readonly Fault[], seed: number): Scenario {
  const { databases, clients, operators, writer } = kind.comparison(REGIONS);
  const client = (from: string) => ({
    connectsTo: 'orders',
    from,
    count: 4,
    pool: { size: 2 },
    retry: 'none',
    ...clients,
  });
  const work = (who: string, op: string) => ({ client: who, op, arrivals: { poisson: '40/s' }, keys: 3 });
  const text = JSON.stringify({
    scenario: 'commits-in-sight',
    seed: String(seed),
    horizon: '40s',
    sample: '5s',
    topology: {
      regions: REGIONS,
      databases,
      clients: { checkout: client('use1-az3'), far: client('usw2-az1') },
      ...(operators ? { operators } : {}),
    },
    workload: ['checkout', 'far'].flatMap((who) => ['write', 'read'].map((op) => work(who, op))),
    faults: faults.map(({ place, atMs, lastsMs }) => {
      const [target, cause] = FAULTS[place] as (typeof FAULTS)[number];
      const lasts = cause === 'process-crash' ? {} : { for: `${lastsMs}ms` };
      return { at: `${atMs}ms`, fail: target === 'writer' ? writer : target, cause, ...lasts };
    }),
  });
  const parsed = parseScenario(text, kind.id, kinds);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.scenario;
}

/** Some writes and reads ask how they will end, and stand at the node only once something changes in the world. */
function askInstead(plane: DataPlane, asks: (op: number) => boolean): void {
  const { write, read, settle } = plane;
  const inSight: (readonly [Commit, Exchange])[] = [];
  plane.write = (request) => {
    const { exchange } = request;
    const commit = asks(request.op) ? (plane.foresight?.commit(request) ?? null) : null;
    if (commit === null) {
      write.call(plane, request);
      return;
    }
    expect(commit.answersAtUs).toBeLessThan(Number.POSITIVE_INFINITY);
    if (commit.lsn > 0) exchange.appended = { timeline: commit.timeline, lsn: commit.lsn, atUs: commit.committedAtUs };
    promise(exchange, commit);
    inSight.push([{ ...commit }, exchange]);
  };
  plane.read = (request) => {
    const look = asks(request.key) && plane.foresight?.look(request);
    if (look) request.exchange.replyAt(look.answersAtUs, replyWith(look));
    else read.call(plane, request);
  };
  plane.settle = () => {
    for (const [commit, exchange] of inSight.splice(0))
      if (!exchange.isOver) plane.foresight?.register(commit, exchange);
    settle.call(plane);
  };
}

function run(scenario: Scenario, asks: ((op: number) => boolean) | null): readonly TraceRecord[] {
  const sabotage = (world: World) => {
    if (asks) for (const { plane } of world.databases()) askInstead(plane, asks);
  };
  return [...simulate(scenario, kinds, { charts: 'compiled', sabotage })];
}

describe('a commit in sight', () => {
  it.each([...kinds.values()].map((kind) => [kind.id, kind] as const))(
    '%s: ends as a write does, whatever befalls it before',
    (_, kind) => {
      fc.assert(
        fc.property(fc.array(fault, { maxLength: 4 }), fc.integer({ min: 1, max: 1_000 }), (faults, seed) => {
          const scenario = scenarioOf(kind, faults, seed);
          const plain = run(scenario, null);
          expect(run(scenario, (op) => (op * 7_919) % 97 < 60)).toEqual(plain);
          expect(plain.some((record) => record.type === 'op' && record.outcome === 'ok')).toBe(true);
        }),
        { seed: 7, numRuns: 12 },
      );
    },
  );
});
