import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Block, inProcessExecutor, rememberingExecutor } from '@faultline/study';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { CommandError } from '../exit-codes.ts';
import { ComparedBlocks } from './compared-blocks.ts';
import { KeptBlocks } from './kept-blocks.ts';

const scratch = mkdtempSync(join(tmpdir(), 'faultline-blocks-'));
afterAll(() => rmSync(scratch, { recursive: true }));
let files = 0;
const newFile = (): string => join(scratch, `${files++}.ndjson`);

/** A block of a scenario that is not looked at. */
const block = (from: number): Block => ({ job: 'comparison', scenario: {} as never, seed: '7', from, to: from + 24 });
const outcome = (from: number) => [{ trial: from, recoveryUs: from % 3 === 0 ? Number.POSITIVE_INFINITY : from / 7 }];

/** Asks for blocks as a study would; they come back in the order that `turns` says. Returns how many were carried out. */
async function carriedOut(memory: KeptBlocks | ComparedBlocks, asked: readonly number[], turns: readonly number[]) {
  let done = 0;
  const executor = rememberingExecutor(
    {
      ...inProcessExecutor(new Map()),
      async run({ from }: Block) {
        done++;
        for (let turn = turns[from % turns.length] ?? 0; turn > 0; turn--) await Promise.resolve();
        return outcome(from) as never;
      },
    },
    memory,
  );
  const results = await Promise.all(asked.map((from) => executor.run(block(from))));
  expect(results).toEqual(asked.map(outcome));
  return done;
}

const asked = [1, 26, 51, 76, 101, 126, 26];

describe('kept blocks', () => {
  it('are the same bytes however often a study was stopped, at whatever byte, and in whatever order they came', async () => {
    const whole = newFile();
    const uninterrupted = new KeptBlocks(whole);
    expect(await carriedOut(uninterrupted, asked, [0])).toBe(7);
    expect(uninterrupted.finish()).toBe(6);
    uninterrupted.close();
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(asked, { minLength: 1 }),
        fc.array(fc.nat(6), { minLength: 1, maxLength: 7 }),
        fc.nat(400),
        async (before, turns, cut) => {
          const path = newFile();
          const stopped = new KeptBlocks(path);
          await carriedOut(stopped, before, turns);
          stopped.close();
          truncateSync(path, Math.max(0, statSync(path).size - cut));
          const resumed = new KeptBlocks(path);
          const missing = await carriedOut(resumed, asked, turns);
          if (cut === 0) expect(missing).toBe(asked.length - asked.filter((from) => before.includes(from)).length);
          resumed.finish();
          resumed.close();
          expect(readFileSync(path, 'utf8')).toBe(readFileSync(whole, 'utf8'));
        },
      ),
      { seed: 7, numRuns: 40 },
    );
  });

  it('leave no file where a study asks for none, and take nothing once they are closed', () => {
    const path = newFile();
    const blocks = new KeptBlocks(path);
    expect(blocks.finish()).toBeNull();
    blocks.close();
    blocks.keep('0'.repeat(64), block(1), outcome(1));
    expect(existsSync(path)).toBe(false);
  });

  it('are refused when a line was changed, with its place', async () => {
    const path = newFile();
    const blocks = new KeptBlocks(path);
    await carriedOut(blocks, asked, [0]);
    blocks.close();
    const lines = readFileSync(path, 'utf8').split('\n');
    lines[2] = (lines[2] as string).replace('"from":51', '"from":52');
    writeFileSync(path, lines.join('\n'));
    const open = () => new KeptBlocks(path);
    expect(open).toThrow(CommandError);
    expect(open).toThrow(/ndjson:3: found a line that is not as it was written/);
  });

  it('are held against others: those that came out otherwise, that are new, and that are missing', async () => {
    const path = newFile();
    const blocks = new KeptBlocks(path);
    await carriedOut(blocks, [1, 26, 51], [0]);
    blocks.close();
    const same = new ComparedBlocks(path);
    await carriedOut(same, [1, 26, 51, 26], [0]);
    expect(same.finish()).toEqual({ blocks: 3, differentBlocks: 0 });
    const other = new ComparedBlocks(path);
    await carriedOut(other, [1, 26, 76], [0]);
    expect(other.finish()).toEqual({ blocks: 3, differentBlocks: 2 });
  });
});
