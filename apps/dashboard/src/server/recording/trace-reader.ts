import { ViewFold, type ViewState } from '@faultline/metrics';
import type { HeaderRecord, TraceRecord } from '@faultline/trace';
import type { Chapter } from './chapter.ts';

/** What is to be read: chapters in a row, the last one still growing perhaps. */
interface Chapters {
  readonly chapters: readonly Chapter[];
  readonly header: HeaderRecord | null;
  seqAfter(atUs: number): number;
}

export interface SeenView {
  /** Records that are folded in. */
  readonly seq: number;
  readonly view: ViewState;
}

/**
 * Reads a trace at one place after the other. A run may be watched by many at different places, so that each has a
 * reader, which keeps the chapter at which it is.
 */
export class TraceReader {
  readonly #store: Chapters;
  #unpacked: { readonly chapter: Chapter; readonly lines: readonly string[] } | null = null;

  constructor(store: Chapters) {
    this.#store = store;
  }

  /** Canonical lines of the records from `fromSeq` up to, and without, `toSeq`. */
  lines(fromSeq: number, toSeq: number): readonly string[] {
    return this.#collect(fromSeq, toSeq, (chapter, from, to) => this.#linesOf(chapter, from, to));
  }

  /** What has happened up to and including `atUs`: the nearest snapshot before, and the records since. */
  viewAt(atUs: number): SeenView {
    const seq = this.#store.seqAfter(atUs);
    return { seq, view: this.foldBefore(seq).snapshot() };
  }

  /** A fold of all records before a place. */
  foldBefore(seq: number): ViewFold {
    const { chapters, header } = this.#store;
    let index = this.#chapterOf(seq);
    let view = chapters[index]?.view() ?? null;
    while (view === null && index > 0) view = (chapters[--index] as Chapter).view();
    // The snapshot may have been taken in another run, whose scenario was another one.
    const fold = view === null ? new ViewFold() : ViewFold.from({ ...view, header: view.header && header });
    const from = chapters[index]?.fromSeq ?? 0;
    const records = this.#collect(
      from,
      seq,
      (chapter, first, end) =>
        chapter.plainRecords(first, end) ??
        this.#linesOf(chapter, first, end).map((line) => JSON.parse(line) as TraceRecord),
    );
    for (const record of records) fold.add(record);
    return fold;
  }

  #collect<Item>(
    fromSeq: number,
    toSeq: number,
    read: (chapter: Chapter, from: number, to: number) => readonly Item[],
  ): Item[] {
    const { chapters } = this.#store;
    const found: Item[] = [];
    for (let index = this.#chapterOf(fromSeq); index < chapters.length; index++) {
      const chapter = chapters[index] as Chapter;
      if (chapter.fromSeq >= toSeq) break;
      const from = Math.max(0, fromSeq - chapter.fromSeq);
      const to = Math.min(chapter.records, toSeq - chapter.fromSeq);
      for (const item of read(chapter, from, to)) found.push(item);
    }
    return found;
  }

  /** Playing reads one chapter many times, a few records each. */
  #linesOf(chapter: Chapter, from: number, to: number): readonly string[] {
    const plain = chapter.plainLines(from, to);
    if (plain !== null) return plain;
    if (this.#unpacked?.chapter !== chapter) this.#unpacked = { chapter, lines: chapter.packedLines() };
    return this.#unpacked.lines.slice(from, to);
  }

  /** The chapter that holds a record, or the last one. */
  #chapterOf(seq: number): number {
    const { chapters } = this.#store;
    let low = 0;
    let high = chapters.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((chapters[middle] as Chapter).fromSeq <= seq) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
