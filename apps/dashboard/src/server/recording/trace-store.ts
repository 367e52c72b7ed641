import { ViewFold } from '@faultline/metrics';
import type { HeaderRecord, TraceRecord } from '@faultline/trace';
import { Chapter } from './chapter.ts';
import { TraceReader } from './trace-reader.ts';

/** Short enough to be packed and unpacked within a slice of time, long enough to pack well. */
const CHAPTER_RECORDS = 1_000;

/** Snapshots of the view over the horizon, at the most. */
const VIEWS = 150;

/** Fewer records than this are folded again sooner than a snapshot is read. */
const VIEW_RECORDS = 1_000;

/**
 * A trace while it grows, to be read at any place and seen at any instant: chapters, which are packed once they have
 * been written, and up to 150 snapshots of the view.
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

  constructor(horizonUs: number) {
    this.#viewEveryUs = Math.ceil(horizonUs / VIEWS);
  }

  get chapters(): readonly Chapter[] {
    return this.#chapters;
  }

  get header(): HeaderRecord | null {
    return this.#header;
  }

  get records(): number {
    return this.#records;
  }

  /** Memory of what is packed; the rest is counted as backlog. */
  get bytes(): number {
    let bytes = 0;
    for (const chapter of this.#chapters) bytes += chapter.bytes;
    return bytes;
  }

  /** Keeps a record, and returns the chapter that is to be packed with it. */
  add(record: TraceRecord): Chapter {
    const viewIsDue = record.atUs >= this.#viewDueUs && this.#records >= this.#viewDueSeq;
    let chapter = this.#open;
    if (chapter === null || viewIsDue || chapter.records >= CHAPTER_RECORDS)
      chapter = this.#openChapter(viewIsDue ? record.atUs : null);
    if (record.type === 'header') this.#header = record;
    chapter.add(record);
    this.#fold.add(record);
    this.#records++;
    return chapter;
  }

  /** Where another run with the same beginning can take over chapters: after the one that holds the header. */
  get sharedFromSeq(): number {
    return this.#chapters[1]?.fromSeq ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Takes over the packed chapters of another run that follow what is here and hold only records before `untilSeq`,
   * with their snapshots, which saves packing and folding the same records again. They count as added.
   */
  share(other: TraceStore, untilSeq: number): void {
    const shared: Chapter[] = [];
    for (const chapter of other.#chapters) {
      if (chapter.fromSeq < this.#records) continue;
      if (!chapter.isPacked || chapter.fromSeq + chapter.records > untilSeq) break;
      shared.push(chapter);
    }
    if (shared[0]?.fromSeq !== this.#records) return;
    this.#open = null;
    for (const chapter of shared) {
      this.#chapters.push(chapter);
      this.#records += chapter.records;
    }
    this.#fold = new TraceReader(this).foldBefore(this.#records);
    this.#viewDueUs = Number.NEGATIVE_INFINITY;
    this.#viewDueSeq = 0;
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

  #openChapter(viewAtUs: number | null): Chapter {
    if (viewAtUs !== null) {
      this.#viewDueUs = viewAtUs + this.#viewEveryUs;
      this.#viewDueSeq = this.#records + VIEW_RECORDS;
    }
    const chapter = new Chapter(this.#records, viewAtUs === null ? null : this.#fold.view);
    this.#chapters.push(chapter);
    this.#open = chapter;
    return chapter;
  }
}
