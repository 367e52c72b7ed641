import { ViewFold, type ViewState } from '@faultline/metrics';
import type { HeaderRecord, TraceRecord } from '@faultline/trace';
import { Chapter } from './chapter.ts';

/** Short enough to be packed and unpacked within a slice of time, long enough to pack well. */
const CHAPTER_RECORDS = 1_000;

/** Snapshots of the view over the horizon, at the most. */
const VIEWS = 300;

/** Fewer records than this are folded again sooner than a snapshot is read. */
const VIEW_RECORDS = 250;

export interface SeenView {
  /** Records that are folded in. */
  readonly seq: number;
  readonly view: ViewState;
}

/**
 * A trace while it grows, to be read at any place and seen at any instant: canonical lines in compressed chapters,
 * and up to 300 snapshots of the view.
 */
export class TraceStore {
  readonly #chapters: Chapter[] = [];
  readonly #viewEveryUs: number;
  #fold = new ViewFold();
  #header: HeaderRecord | null = null;
  #open: Chapter | null = null;
  #viewDueUs = Number.NEGATIVE_INFINITY;
  #viewDueSeq = 0;
  #records = 0;
  #bytes = 0;
  #unpacked: { readonly chapter: Chapter; readonly lines: readonly string[] } | null = null;

  constructor(horizonUs: number) {
    this.#viewEveryUs = Math.ceil(horizonUs / VIEWS);
  }

  get records(): number {
    return this.#records;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(record: TraceRecord, line: string): void {
    const viewIsDue = record.atUs >= this.#viewDueUs && this.#records >= this.#viewDueSeq;
    if (this.#open === null || viewIsDue || this.#open.records >= CHAPTER_RECORDS)
      this.#openChapter(viewIsDue ? record.atUs : null);
    if (record.type === 'header') this.#header = record;
    this.#open?.add(record.atUs, line);
    this.#fold.add(record);
    this.#records++;
  }

  /** Where another run with the same beginning can take over chapters: after the one that holds the header. */
  get sharedFromSeq(): number {
    return this.#chapters[1]?.fromSeq ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Takes over the complete chapters of another run that follow what is here and hold only records before `untilSeq`,
   * with their snapshots, which saves packing and folding the same records again. They count as added.
   */
  share(other: TraceStore, untilSeq: number): void {
    const fits = (chapter: Chapter) =>
      chapter.isComplete && chapter.fromSeq >= this.#records && chapter.fromSeq + chapter.records <= untilSeq;
    const shared = other.#chapters.filter(fits);
    if (shared[0]?.fromSeq !== this.#records) return;
    this.#closeChapter();
    for (const chapter of shared) {
      this.#chapters.push(chapter);
      this.#records += chapter.records;
      this.#bytes += chapter.bytes;
    }
    this.#fold = this.#foldBefore(this.#records);
    this.#viewDueUs = Number.NEGATIVE_INFINITY;
    this.#viewDueSeq = 0;
  }

  /** No more records come. */
  complete(): void {
    this.#closeChapter();
  }

  /** How many records are at `atUs` or before: the place of the first one after it. */
  seqAfter(atUs: number): number {
    let low = 0;
    let high = this.#chapters.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#chapters[middle] as Chapter).countUntil(atUs) > 0) low = middle;
      else high = middle - 1;
    }
    const chapter = this.#chapters[low];
    return chapter === undefined ? 0 : chapter.fromSeq + chapter.countUntil(atUs);
  }

  /** Canonical lines of the records from `fromSeq` up to, and without, `toSeq`. */
  lines(fromSeq: number, toSeq: number): readonly string[] {
    const found: string[] = [];
    for (let index = this.#chapterOf(fromSeq); index < this.#chapters.length; index++) {
      const chapter = this.#chapters[index] as Chapter;
      if (chapter.fromSeq >= toSeq) break;
      const lines = this.#linesOf(chapter);
      const from = Math.max(0, fromSeq - chapter.fromSeq);
      const to = Math.min(lines.length, toSeq - chapter.fromSeq);
      for (let line = from; line < to; line++) found.push(lines[line] as string);
    }
    return found;
  }

  /** What has happened up to and including `atUs`: the nearest snapshot before, and the records since. */
  viewAt(atUs: number): SeenView {
    const seq = this.seqAfter(atUs);
    return { seq, view: this.#foldBefore(seq).snapshot() };
  }

  #foldBefore(seq: number): ViewFold {
    let index = this.#chapterOf(seq);
    let view = this.#chapters[index]?.view() ?? null;
    while (view === null && index > 0) view = (this.#chapters[--index] as Chapter).view();
    // The snapshot may have been taken in another run, whose scenario was another one.
    const fold = view === null ? new ViewFold() : ViewFold.from({ ...view, header: view.header && this.#header });
    const from = this.#chapters[index]?.fromSeq ?? 0;
    for (const line of this.lines(from, seq)) fold.add(JSON.parse(line) as TraceRecord);
    return fold;
  }

  #openChapter(viewAtUs: number | null): void {
    this.#closeChapter();
    if (viewAtUs !== null) {
      this.#viewDueUs = viewAtUs + this.#viewEveryUs;
      this.#viewDueSeq = this.#records + VIEW_RECORDS;
    }
    this.#open = new Chapter(this.#records, viewAtUs === null ? null : this.#fold.view);
    this.#chapters.push(this.#open);
  }

  #closeChapter(): void {
    if (this.#open === null) return;
    this.#open.complete();
    this.#bytes += this.#open.bytes;
    this.#open = null;
  }

  /** The chapter that holds a record, or the last one. */
  #chapterOf(seq: number): number {
    let low = 0;
    let high = this.#chapters.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#chapters[middle] as Chapter).fromSeq <= seq) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Playing reads one chapter many times, a few records each. */
  #linesOf(chapter: Chapter): readonly string[] {
    if (chapter === this.#open) return chapter.lines();
    if (this.#unpacked?.chapter !== chapter) this.#unpacked = { chapter, lines: chapter.lines() };
    return this.#unpacked.lines;
  }
}
