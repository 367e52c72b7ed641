import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Table } from '../table.ts';
import { Interruptions } from './interruptions.ts';
import { Successes } from './successes.ts';

const STABLE_US = 10_000;
const PATH = { resolvedUs: null, connectedUs: null, database: 'orders' };

interface Ended {
  readonly invokedAtUs: number;
  readonly atUs: number;
  readonly client: number;
  readonly wentWrong: boolean;
}

const ended = fc
  .record({
    invokedAtUs: fc.integer({ min: 0, max: 60 }).map((ms) => ms * 1_000),
    tookUs: fc.constantFrom(1, 5_000, 5_000, 20_000),
    client: fc.integer({ min: 0, max: 3 }),
    wentWrong: fc.boolean(),
  })
  .map(({ tookUs, ...one }): Ended => ({ ...one, atUs: one.invokedAtUs + tookUs }));
const operations = fc
  .array(ended, { maxLength: 60 })
  .map((all): readonly Ended[] => all.sort((a, b) => a.atUs - b.atUs));

/** What is known in the end, by going through all that went wrong in the order of invocation. */
function slowly(all: readonly Ended[]): readonly object[] {
  const found: { fromUs: number; lastUs: number; lastClient: number; endUs: number }[] = [];
  const wrong = all.filter((one) => one.wentWrong).sort((a, b) => a.invokedAtUs - b.invokedAtUs);
  for (const { invokedAtUs: lastUs, client: lastClient } of wrong) {
    const known = found.at(-1);
    if (known?.lastUs === lastUs) continue;
    const success = all.find((one) => !one.wentWrong && one.invokedAtUs > lastUs);
    const end = { lastUs, lastClient, endUs: success?.atUs ?? Number.POSITIVE_INFINITY };
    if (known && lastUs <= known.endUs + STABLE_US) Object.assign(known, end);
    else found.push({ fromUs: lastUs, ...end });
  }
  return found;
}

it('are those of a slow reading, with the client that was the last to be in trouble', () => {
  fc.assert(
    fc.property(operations, (all) => {
      const successes = new Successes(new Table());
      const interruptions = new Interruptions(STABLE_US, successes);
      for (const { wentWrong, invokedAtUs, atUs, client } of all) {
        if (wentWrong) {
          interruptions.add(invokedAtUs, client);
          continue;
        }
        successes.add(invokedAtUs, atUs);
        const { open } = interruptions;
        if (open !== null && invokedAtUs > open.lastUs) interruptions.end(atUs, PATH);
      }
      expect(interruptions.list.map(({ path, ...one }) => one)).toEqual(slowly(all));
    }),
    { seed: 7, numRuns: 1_000 },
  );
});
