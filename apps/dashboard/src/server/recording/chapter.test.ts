import { ViewFold } from '@faultline/metrics';
import { canonicalLine, type TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import { Chapter } from './chapter.ts';

const RECORDS = Array.from({ length: 1_000 }, (_, atUs): TraceRecord => ({ type: 'end', atUs }));
const LINES = RECORDS.map(canonicalLine);

describe('a chapter', () => {
  it('gives the same lines and the same view before it is packed, meanwhile and after, from a fraction of the memory', async () => {
    const view = new ViewFold().snapshot();
    const chapter = new Chapter(7, view);
    for (const record of RECORDS) chapter.add(record);
    expect(chapter.plainLines(0, 1_000)).toEqual(LINES);
    expect(chapter.plainRecords(3, 5)).toEqual(RECORDS.slice(3, 5));
    chapter.pack(Buffer.from(`${LINES.join('\n')}\n`));
    const expectedBytes = chapter.bytes;
    expect(chapter.packedLines()).toEqual(LINES);
    expect(chapter.view()).toEqual(view);

    // Its times take eight bytes each; its lines, which are much alike, take hardly any once they are packed.
    while (chapter.bytes > 8 * LINES.length + 3_500) await new Promise(setImmediate);
    expect(chapter.bytes).toBeLessThan(expectedBytes);
    expect(chapter.packedLines()).toEqual(LINES);
    expect([chapter.plainLines(0, 1), chapter.plainRecords(0, 1)]).toEqual([null, null]);
    expect(chapter.view()).toEqual(view);
    expect(chapter.countUntil(499)).toBe(500);
    expect(() => chapter.add({ type: 'end', atUs: 1_000 })).toThrow('takes no more');
  });
});
