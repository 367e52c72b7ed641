import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutstandingWrites } from './outstanding-writes.ts';

const WIDTH = 6;

describe('outstanding writes', () => {
  it('keep the rows of a plain list while writes come and go', () => {
    const command = fc.oneof(
      fc.record({ add: fc.integer({ min: 1, max: 200 }) }),
      fc.record({ forget: fc.integer({ min: 0, max: 150 }) }),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const writes = new OutstandingWrites(WIDTH);
        let model: { readonly lsn: number; readonly shard: number; readonly acked: readonly number[] }[] = [];
        let lsn = 0;
        for (const each of commands) {
          if ('add' in each) {
            for (let count = 0; count < each.add; count++) {
              lsn++;
              const acked = Array.from({ length: WIDTH }, (_, place) => ((lsn * 31 + place * 17) % 97) + 1);
              writes.add(lsn, lsn % 3);
              for (const [place, ackedAtUs] of acked.entries()) writes.set(lsn, place, ackedAtUs - 1, ackedAtUs);
              model.push({ lsn, shard: lsn % 3, acked });
            }
          } else {
            const upTo = lsn - each.forget;
            writes.forgetUpTo(upTo);
            model = model.filter((row) => row.lsn > upTo);
          }
          expect(writes.has(lsn + 1)).toBe(false);
          for (const row of model) {
            expect(writes.has(row.lsn)).toBe(true);
            expect(writes.shard(row.lsn)).toBe(row.shard);
            expect(row.acked.map((_, place) => writes.ackedAtUs(row.lsn, place))).toEqual(row.acked);
            const inOrder = row.acked.toSorted((a, b) => a - b);
            for (const [place, ackedAtUs] of inOrder.entries())
              expect(writes.ackedByUs(row.lsn, place + 1)).toBe(ackedAtUs);
            expect(writes.ackedByUs(row.lsn, WIDTH + 1)).toBe(Number.POSITIVE_INFINITY);
          }
          if (model[0]) expect(writes.has(model[0].lsn - 1)).toBe(false);
        }
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it('have reached nobody at first', () => {
    const writes = new OutstandingWrites(WIDTH);
    writes.add(5, 0);
    expect(writes.arrivesAtUs(5, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(writes.ackedByUs(5, 1)).toBe(Number.POSITIVE_INFINITY);
  });
});
