import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableStory, tell } from '../testing/table-story.ts';
import { TableWorld } from '../testing/table-world.ts';
import type { LastWriterWinsPlane } from './last-writer-wins-plane.ts';

function valuesOf(world: TableWorld, plane: LastWriterWinsPlane, key: number): readonly (number | null)[] {
  const reads = world.nodes.map((_, place) => world.send(plane, 'eventual', place, key));
  world.pass(100);
  return reads.map((read) => read.value);
}

describe('a table of many writers', () => {
  it('acknowledges at home and arrives elsewhere after the delay', () => {
    const world = new TableWorld();
    const plane = world.lastWriterWins();
    const write = world.send(plane, 'write', 0, 1);
    world.pass(30);
    expect(write.error).toBeNull();
    expect(valuesOf(world, plane, 1)).toEqual([1, 0, 0]);
    world.pass(600);
    expect(valuesOf(world, plane, 1)).toEqual([1, 1, 1]);
  });

  it('goes on in a Region that is cut off, and drains the backlog at its rate', () => {
    const world = new TableWorld();
    const plane = world.lastWriterWins();
    const heal = world.cut(plane, 'a', null);
    for (let key = 1; key <= 2_000; key++) {
      world.send(plane, 'write', 0, key);
      world.pass(1);
    }
    world.pass(100);
    expect(world.succeeded('write')).toHaveLength(2_000);
    expect(plane.sample(world.nodes[0] as never)).toMatchObject({ lagEntries: 0, atRiskEntries: 2_000 });
    expect(plane.sample(world.nodes[1] as never)?.lagEntries).toBe(2_000);
    heal();
    world.pass(1_600);
    const lag = plane.sample(world.nodes[1] as never)?.lagEntries ?? 0;
    expect(lag).toBeGreaterThan(500);
    expect(lag).toBeLessThan(1_500);
    world.pass(2_000);
    expect(plane.sample(world.nodes[0] as never)?.atRiskEntries).toBe(0);
  });

  it('names the update that is lost, once, where the two versions meet', () => {
    const world = new TableWorld();
    const plane = world.lastWriterWins();
    world.send(plane, 'write', 0, 1);
    world.pass(20);
    world.send(plane, 'write', 1, 1);
    world.pass(200);
    expect(world.takeConflicts()).toEqual([]);
    world.pass(2_000);
    expect(world.takeConflicts()).toMatchObject([{ key: 1, winnerOp: 2, loserOp: 1, loserNode: 't-a' }]);
    expect(valuesOf(world, plane, 1)).toEqual([2, 2, 2]);
  });

  it('counts no update that was overwritten knowingly', () => {
    const world = new TableWorld();
    const plane = world.lastWriterWins();
    const heal = world.cut(plane, 'a', null);
    for (let turn = 0; turn < 5; turn++) {
      world.send(plane, 'write', 0, 1);
      world.pass(20);
      world.send(plane, 'write', 1, 1);
      world.pass(20);
    }
    heal();
    world.pass(5_000);
    expect(world.takeConflicts()).toMatchObject([{ winnerOp: 10, loserOp: 9 }]);
  });

  it('sees no conflict where the second writer had the first version', () => {
    const world = new TableWorld();
    const plane = world.lastWriterWins();
    world.send(plane, 'write', 0, 1);
    world.pass(1_000);
    world.send(plane, 'write', 1, 1);
    world.pass(5_000);
    expect(world.takeConflicts()).toEqual([]);
  });

  it('lets every Region decide alike between equal timestamps', () => {
    const world = new TableWorld();
    const plane = world.lastWriterWins();
    const [one, other] = [world.send(plane, 'write', 0, 1), world.send(plane, 'write', 1, 1)];
    world.pass(5_000);
    expect(world.takeConflicts()).toMatchObject([{ winnerOp: one.op, loserOp: other.op }]);
    expect(valuesOf(world, plane, 1)).toEqual([one.op, one.op, one.op]);
  });

  it('lets a Region whose clock is behind overwrite what it has seen', () => {
    const world = new TableWorld();
    const plane = world.lastWriterWins(10_000);
    for (const [first, second] of [
      [0, 1],
      [1, 0],
      [1, 2],
      [2, 1],
      [0, 2],
      [2, 0],
    ] as const) {
      world.send(plane, 'write', first, 1);
      world.pass(1_000);
      const write = world.send(plane, 'write', second, 1);
      world.pass(100);
      const read = world.send(plane, 'strong', second, 1);
      world.pass(1_000);
      expect(read.value).toBe(write.op);
    }
    expect(world.takeConflicts()).toEqual([]);
  });

  it('stalls only what a Region takes when applying is stalled', () => {
    const world = new TableWorld();
    const plane = world.lastWriterWins();
    const heal = plane.stallApply('t-b');
    world.send(plane, 'write', 0, 1);
    world.send(plane, 'write', 1, 2);
    world.pass(2_000);
    expect(valuesOf(world, plane, 1)).toEqual([1, 0, 1]);
    expect(valuesOf(world, plane, 2)).toEqual([2, 2, 2]);
    heal();
    world.pass(2_000);
    expect(valuesOf(world, plane, 1)).toEqual([1, 1, 1]);
  });

  it('converges once healed and quiet: every Region has one and the same version, and it lost no conflict', () => {
    fc.assert(
      fc.property(tableStory, fc.nat(50), (story, clockErrorMs) => {
        const world = new TableWorld();
        const plane = world.lastWriterWins(clockErrorMs);
        tell(world, plane, story, 3);
        const losers = new Set(world.takeConflicts().map(({ loserOp }) => loserOp));
        for (const key of [1, 2, 3]) {
          const written = world.succeeded('write').filter((one) => one.key === key);
          const values = new Set(valuesOf(world, plane, key));
          expect(values.size).toBe(1);
          const [value] = [...values] as [number];
          if (written.length > 0) expect(written.map(({ op }) => op)).toContain(value);
          expect(losers.has(value)).toBe(false);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('keeps the greatest timestamp: with true clocks, the last write of all', () => {
    fc.assert(
      fc.property(tableStory, (story) => {
        const world = new TableWorld();
        const plane = world.lastWriterWins(0);
        tell(world, plane, story, 3);
        for (const key of [1, 2, 3]) {
          const written = world.succeeded('write').filter((one) => one.key === key);
          const last = Math.max(0, ...written.map(({ invokedAtUs }) => invokedAtUs));
          const atLast = written.filter(({ invokedAtUs }) => invokedAtUs > last - 2_000).map(({ op }) => op);
          if (written.length > 0) expect(atLast).toContain(valuesOf(world, plane, key)[0]);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
