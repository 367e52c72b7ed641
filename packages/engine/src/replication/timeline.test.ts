import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Timeline } from './timeline.ts';

function grown(timeline: Timeline, entries: number): Timeline {
  for (let count = 0; count < entries; count++)
    timeline.append(1 + (count % 3), timeline.id * 1_000 + timeline.head + 1, count, count);
  return timeline;
}

/** Every entry of a history, named by what it stored. */
function opsOf(timeline: Timeline, upTo: number): readonly number[] {
  return Array.from({ length: upTo }, (_, index) => timeline.op(index + 1));
}

describe('a timeline', () => {
  it('shares with a branch only what came before both parted, however long ago', () => {
    const first = grown(new Timeline(1, null, 0), 100);
    const second = grown(new Timeline(2, first, 90), 40);
    const third = grown(new Timeline(3, second, 120), 5);
    expect(third.sharedWith(first, 100)).toBe(90);
    expect(third.sharedWith(second, 130)).toBe(120);
    expect(first.sharedWith(third, 125)).toBe(90);
    expect(third.sharedWith(third, 125)).toBe(125);
    expect(third.sharedWith(first, 50)).toBe(50);
  });

  it('shares nothing with a history of another root', () => {
    expect(grown(new Timeline(1, null, 0), 3).sharedWith(grown(new Timeline(2, null, 0), 3), 3)).toBe(0);
  });

  it('finds the longest common prefix, whatever forked from what', () => {
    const forks = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 12 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(forks, (steps) => {
        const all = [grown(new Timeline(1, null, 0), 10)];
        for (const [parentChoice, base, entries] of steps) {
          const parent = all[parentChoice % all.length] as Timeline;
          all.push(grown(new Timeline(all.length + 1, parent, base % (parent.head + 1)), entries));
        }
        for (const a of all) {
          for (const b of all) {
            const [left, right] = [opsOf(a, a.head), opsOf(b, b.head)];
            let common = 0;
            while (common < left.length && common < right.length && left[common] === right[common]) common++;
            expect(Math.min(a.sharedWith(b, b.head), a.head)).toBe(common);
          }
        }
      }),
      { seed: 7 },
    );
  });
});
