import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableStory, tell } from '../testing/table-story.ts';
import { type TableOperation, TableWorld } from '../testing/table-world.ts';

const ms = (operation: TableOperation) => ((operation.endedAtUs as number) - operation.invokedAtUs) / 1_000;

describe('a journal over three Regions', () => {
  it('acknowledges when the nearest other Region has it', () => {
    const world = new TableWorld();
    const plane = world.journal();
    const [near, far] = [world.send(plane, 'write', 0, 1), world.send(plane, 'write', 2, 2)];
    world.pass(200);
    // 20 ms there and back from a to b, 60 ms from c to b, a few for the commit and the client.
    expect(ms(near)).toBeGreaterThan(42);
    expect(ms(near)).toBeLessThan(60);
    expect(ms(far)).toBeGreaterThan(122);
    expect(ms(far)).toBeLessThan(140);
  });

  it('lets no Region wait for what another one has under way', () => {
    const world = new TableWorld();
    const plane = world.journal();
    for (let key = 1; key <= 20; key++) {
      world.send(plane, 'write', 2, key);
      world.pass(1);
    }
    const near = world.send(plane, 'write', 0, 100);
    world.pass(200);
    expect(ms(near)).toBeLessThan(60);
  });

  it('rejects a write to an item that another Region has just written, and not one that its own Region has', () => {
    const world = new TableWorld();
    const plane = world.journal();
    const first = world.send(plane, 'write', 0, 1);
    world.pass(2);
    const own = world.send(plane, 'write', 0, 1);
    const other = world.send(plane, 'write', 1, 1);
    const another = world.send(plane, 'write', 1, 2);
    world.pass(200);
    expect([first.error, own.error, another.error]).toEqual([null, null, null]);
    expect(other.error).toBe('replicated-write-conflict');
    const again = world.send(plane, 'write', 1, 1);
    world.pass(200);
    expect(again.error).toBeNull();
  });

  it('leaves a Region without any other with eventual reads, and lets it catch up before strong ones', () => {
    const world = new TableWorld();
    const plane = world.journal();
    const old = world.send(plane, 'write', 0, 1);
    world.pass(200);
    const heal = world.cut(plane, 'a', null);
    const kinds = ['write', 'strong', 'eventual'] as const;
    const alone = kinds.map((kind) => world.send(plane, kind, 0, 1));
    for (let count = 0; count < 500; count++) {
      world.send(plane, 'write', 1, 10 + count);
      world.pass(1);
    }
    const elsewhere = world.send(plane, 'write', 1, 1);
    world.pass(200);
    expect(alone.map(({ error }) => error)).toEqual(['no-quorum', 'no-quorum', null]);
    expect(alone[2]?.value).toBe(old.op);
    expect(elsewhere.error).toBeNull();
    heal();
    world.pass(100);
    const returning = kinds.map((kind) => world.send(plane, kind, 0, 1));
    world.pass(1_000);
    expect(returning.map(({ error }) => error)).toEqual(['catching-up', 'catching-up', null]);
    const back = kinds.slice(1).map((kind) => world.send(plane, kind, 0, 1));
    world.pass(200);
    expect(back.map(({ value }) => value)).toEqual([elsewhere.op, elsewhere.op]);
  });

  it('lets strong reads anywhere see what is acknowledged elsewhere, and eventual reads a little later', () => {
    const world = new TableWorld();
    const plane = world.journal();
    const write = world.send(plane, 'write', 0, 1);
    world.pass(60);
    expect(write.endedAtUs).not.toBeNull();
    const [strong, eventual] = [world.send(plane, 'strong', 2, 1), world.send(plane, 'eventual', 2, 1)];
    world.pass(300);
    expect([strong.value, eventual.value]).toEqual([write.op, 0]);
    expect(ms(strong)).toBeGreaterThan(120);
    expect(ms(eventual)).toBeLessThan(10);
  });

  it('passes entries on through the third Region when a link is cut', () => {
    const world = new TableWorld();
    const plane = world.journal();
    world.cut(plane, 'a', 'b');
    const write = world.send(plane, 'write', 0, 1);
    world.pass(200);
    expect(ms(write)).toBeGreaterThan(140);
    const read = world.send(plane, 'strong', 1, 1);
    world.pass(200);
    expect(read.value).toBe(write.op);
  });

  it('acknowledges no write whose only other copy was lost on the way', () => {
    const world = new TableWorld();
    const plane = world.journal();
    const write = world.send(plane, 'write', 0, 1);
    // The entry is between a and b when b is cut off: only c, 70 ms away, can hold it.
    world.pass(10);
    world.cut(plane, 'b', null);
    world.pass(300);
    expect(write.error).toBeNull();
    expect(ms(write)).toBeGreaterThan(140);
    expect(plane.holders(world.nodes[write.place] as never, write.lsn as number, write.endedAtUs as number)).toEqual([
      't-a',
      't-c',
    ]);
  });

  it('drops what only the Region that was cut off had, and its client hears nothing', () => {
    const world = new TableWorld();
    const plane = world.journal();
    const write = world.send(plane, 'write', 0, 1);
    world.pass(10);
    const heal = world.cut(plane, 'a', null);
    world.pass(100);
    heal();
    world.pass(15_000);
    expect(write.error).toBe('timeout');
    const reads = [0, 1, 2].map((place) => world.send(plane, 'strong', place, 1));
    world.pass(200);
    expect(reads.map(({ value }) => value)).toEqual([0, 0, 0]);
  });

  it('goes on with a witness in place of a Region', () => {
    const world = new TableWorld();
    const plane = world.journal(true);
    const heal = world.cut(plane, 'b', null);
    const withWitness = world.send(plane, 'write', 0, 1);
    world.pass(300);
    const healWitness = world.cut(plane, 'c', null);
    const alone = world.send(plane, 'write', 0, 2);
    world.pass(300);
    expect([withWitness.error, alone.error]).toEqual([null, 'no-quorum']);
    heal();
    healWitness();
    world.pass(300);
    const read = world.send(plane, 'strong', 1, 1);
    world.pass(300);
    expect(read.value).toBe(withWitness.op);
  });

  it('counts overlapping pauses of one Region', () => {
    const world = new TableWorld();
    const plane = world.journal();
    const [first, second] = [plane.pauseReplication('t-a'), plane.pauseReplication('t-a')];
    first();
    const during = world.send(plane, 'write', 0, 1);
    world.pass(300);
    second();
    const after = world.send(plane, 'write', 0, 1);
    world.pass(300);
    expect([during.error, after.error]).toEqual(['no-quorum', null]);
  });

  for (const witness of [false, true]) {
    const places = witness ? 2 : 3;
    it(`has every acknowledged write in two members, and strong reads see it${witness ? ' (with a witness)' : ''}`, () => {
      fc.assert(
        fc.property(tableStory, (story) => {
          const world = new TableWorld();
          const plane = world.journal(witness);
          tell(world, plane, story, places);
          const writes = world.succeeded('write');
          for (const write of writes) {
            expect(
              plane.holders(world.nodes[write.place] as never, write.lsn as number, write.endedAtUs as number).length,
            ).toBeGreaterThanOrEqual(2);
          }
          for (const read of world.succeeded('strong')) {
            const acknowledged = writes.filter(
              (write) => write.key === read.key && (write.endedAtUs as number) <= read.invokedAtUs,
            );
            // Writes to one item are acknowledged in the order of their versions, and never overlap.
            const newest = Math.max(0, ...acknowledged.map(({ endedAtUs }) => endedAtUs as number));
            const returned = world.operations[(read.value as number) - 1];
            if (newest === 0) continue;
            expect(returned).toBeDefined();
            expect(returned?.endedAtUs ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(newest);
          }
          expect(world.takeConflicts()).toEqual([]);
        }),
        { seed: 7, numRuns: 400 },
      );
    });
  }

  it('serves everything everywhere once it is healed and quiet', () => {
    fc.assert(
      fc.property(tableStory, (story) => {
        const world = new TableWorld();
        const plane = world.journal();
        tell(world, plane, story, 3);
        const reads = [0, 1, 2].flatMap((place) =>
          (['strong', 'eventual'] as const).map((kind) => world.send(plane, kind, place, 1)),
        );
        const writes = [0, 1, 2].map((place) => world.send(plane, 'write', place, 100 + place));
        world.pass(1_000);
        expect(reads.map(({ error }) => error)).toEqual(reads.map(() => null));
        expect(new Set(reads.map(({ value }) => value)).size).toBe(1);
        expect(writes.map(({ error }) => error)).toEqual([null, null, null]);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
