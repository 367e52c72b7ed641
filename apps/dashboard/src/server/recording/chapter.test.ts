import { ViewFold } from '@faultline/metrics';
import { describe, expect, it } from 'vitest';
import { Chapter } from './chapter.ts';

const LINES = Array.from({ length: 1_000 }, (_, place) => `{"atUs":${place},"type":"end"}`);

describe('a chapter', () => {
  it('gives the same lines and the same view while it is packed and after, from a fraction of the memory', async () => {
    const view = new ViewFold().snapshot();
    const chapter = new Chapter(7, view);
    for (const [atUs, line] of LINES.entries()) chapter.add(atUs, line);
    expect(chapter.lines()).toEqual(LINES);
    chapter.complete();
    const expectedBytes = chapter.bytes;
    expect(chapter.lines()).toEqual(LINES);
    expect(chapter.view()).toEqual(view);

    // Its times take eight bytes each; its lines, which are much alike, take hardly any once they are packed.
    while (chapter.bytes > 8 * LINES.length + 3_500) await new Promise(setImmediate);
    expect(chapter.bytes).toBeLessThan(expectedBytes);
    expect(chapter.lines()).toEqual(LINES);
    expect(chapter.view()).toEqual(view);
    expect(chapter.countUntil(499)).toBe(500);
    expect(() => chapter.add(1_000, '{}')).toThrow('takes no more');
  });
});
