import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Path } from '../network/path.ts';
import { type Feed, Stream } from './stream.ts';
import { Timeline } from './timeline.ts';

const FLUSH_US = 70;
const BACK_US = 300;

/** What happens to the stream, in the order of time. */
type Happening =
  | { readonly what: 'append'; readonly flushUs: number }
  | { readonly what: 'cut'; readonly losesInFlight: boolean }
  | { readonly what: 'mend' | 'stall' | 'resume' | 'deafen' | 'hear' }
  | { readonly what: 'slow'; readonly outUs: number };

interface Timed {
  readonly atUs: number;
  readonly happening: Happening;
}

/** An entry as the reference model sees it. */
interface Entry {
  availableAtUs: number;
  arrivedAtUs: number;
  ackedAtUs: number;
  appliedAtUs: number;
}

/**
 * The same stream without columns that look ahead: one message for each entry, and the fate of every message
 * decided when its instant comes. Slow, and obvious.
 */
class Reference {
  readonly entries: Entry[] = [];
  readonly #applyUs: number;
  #outUs = 500;
  #connected = true;
  #heard = true;
  #applying = true;
  #sendsFromUs = 0;
  /** Next entry that the sender has not sent. */
  #sent = 0;
  #applied = 0;
  #way: { entry: number; dueUs: number }[] = [];
  #answers: { entry: number; dueUs: number }[] = [];
  #work: { entry: number; dueUs: number } | null = null;

  constructor(applyUs: number) {
    this.#applyUs = applyUs;
  }

  /** Lets all happen that is due up to and with `untilUs`, one event after the other. */
  run(untilUs: number): void {
    for (;;) {
      const next = Math.min(
        this.#nextSendUs(),
        this.#way[0]?.dueUs ?? Infinity,
        this.#answers[0]?.dueUs ?? Infinity,
        this.#work?.dueUs ?? Infinity,
      );
      if (next > untilUs || next === Infinity) return;
      if (next === this.#nextSendUs()) this.#send(next);
      else if (next === this.#way[0]?.dueUs) this.#arrive(next);
      else if (next === this.#work?.dueUs) this.#finishWork(next);
      else this.#answer(next);
    }
  }

  happen(atUs: number, happening: Happening): void {
    switch (happening.what) {
      case 'append': {
        const availableAtUs = Math.max(this.entries.at(-1)?.availableAtUs ?? 0, atUs + happening.flushUs);
        this.entries.push({ availableAtUs, arrivedAtUs: Infinity, ackedAtUs: Infinity, appliedAtUs: Infinity });
        return;
      }
      case 'cut':
        if (!this.#connected) return;
        this.#connected = false;
        this.#answers = [];
        if (happening.losesInFlight) this.#way = [];
        return;
      case 'mend':
        if (this.#connected) return;
        this.#reconnect(atUs);
        return;
      case 'deafen':
        if (!this.#connected) return;
        this.#heard = false;
        this.#answers = [];
        return;
      case 'hear':
        if (!this.#connected || this.#heard) return;
        this.#report(atUs + BACK_US);
        return;
      case 'stall':
        this.#applying = false;
        this.#work = null;
        return;
      case 'resume':
        if (this.#applying) return;
        this.#applying = true;
        this.#takeWork(atUs);
        return;
      case 'slow':
        this.#outUs = happening.outUs;
    }
  }

  /** The copy reports what it has and what is still coming in; the sender goes on after that. */
  #reconnect(atUs: number): void {
    this.#connected = true;
    this.#sendsFromUs = atUs + BACK_US;
    this.#sent = this.entries.findIndex(
      (entry, index) => entry.arrivedAtUs === Infinity && !this.#way.some((message) => message.entry === index),
    );
    if (this.#sent === -1) this.#sent = this.entries.length;
    this.#report(this.#sendsFromUs);
  }

  #report(fromUs: number): void {
    this.#heard = true;
    for (let index = 0; index < this.#sent; index++) {
      const entry = this.entries[index] as Entry;
      if (entry.ackedAtUs !== Infinity || this.#answers.some((answer) => answer.entry === index)) continue;
      const comesAtUs = this.#way.find((message) => message.entry === index)?.dueUs;
      const toldUs = comesAtUs === undefined ? fromUs : comesAtUs + BACK_US;
      const before = this.#answers.at(-1)?.dueUs ?? 0;
      this.#answers.push({ entry: index, dueUs: Math.max(before, fromUs, toldUs) });
    }
  }

  #nextSendUs(): number {
    const entry = this.entries[this.#sent];
    return entry && this.#connected ? Math.max(entry.availableAtUs, this.#sendsFromUs) : Infinity;
  }

  #send(atUs: number): void {
    const before = this.#way.at(-1)?.dueUs ?? 0;
    this.#way.push({ entry: this.#sent++, dueUs: Math.max(before, atUs + this.#outUs + FLUSH_US) });
  }

  #arrive(atUs: number): void {
    const message = this.#way.shift() as { entry: number };
    (this.entries[message.entry] as Entry).arrivedAtUs = atUs;
    const known = this.#answers.some((answer) => answer.entry === message.entry);
    if (this.#connected && this.#heard && !known)
      this.#answers.push({ entry: message.entry, dueUs: Math.max(this.#answers.at(-1)?.dueUs ?? 0, atUs + BACK_US) });
    if (this.#applying && this.#work === null) this.#takeWork(atUs);
  }

  #answer(atUs: number): void {
    const answer = this.#answers.shift() as { entry: number };
    (this.entries[answer.entry] as Entry).ackedAtUs = atUs;
  }

  #takeWork(atUs: number): void {
    const entry = this.entries[this.#applied];
    this.#work = entry && entry.arrivedAtUs <= atUs ? { entry: this.#applied, dueUs: atUs + this.#applyUs } : null;
  }

  #finishWork(atUs: number): void {
    (this.entries[this.#applied++] as Entry).appliedAtUs = atUs;
    this.#takeWork(atUs);
  }
}

/** The stream under test, with a feed whose entries become available as the reference's do. */
class Subject {
  readonly timeline = new Timeline(1, null, 0);
  readonly out = { us: 500 };
  readonly stream: Stream;

  constructor(applyUs: number) {
    const { timeline, out } = this;
    const feed: Feed = {
      timeline,
      mayRetract: false,
      head: () => timeline.head,
      availableAtUs: (lsn) => timeline.flushedAtUs(lsn),
    };
    const path = (latencyUs: () => number) => ({ latencyUs }) as unknown as Path;
    this.stream = new Stream({
      feed,
      base: 0,
      appliedBase: 0,
      out: path(() => out.us),
      back: path(() => BACK_US),
      acknowledges: 'flushed',
      flush: () => FLUSH_US,
      applyUs,
      random: () => 0,
      fromUs: 0,
    });
  }

  happen(atUs: number, happening: Happening): void {
    const { stream, timeline } = this;
    // As the world does: what was under way is fixed under the old conditions first.
    if (happening.what !== 'append') stream.extend();
    switch (happening.what) {
      case 'append':
        timeline.append(1, 1, atUs, Math.max(timeline.lastFlushedAtUs, atUs + happening.flushUs));
        stream.extend();
        return;
      case 'cut':
        stream.disconnect(atUs, happening.losesInFlight);
        return;
      case 'mend':
        stream.connect(atUs);
        return;
      case 'deafen':
        if (stream.connected) stream.loseAnswers(atUs);
        return;
      case 'hear':
        if (stream.connected) stream.hearAgain(atUs);
        return;
      case 'stall':
        stream.stallApply(atUs);
        return;
      case 'resume':
        stream.resumeApply(atUs);
        return;
      case 'slow':
        // The stream asks its path when it computes an entry, so what is not sent yet is computed anew.
        stream.retractUnsent(atUs);
        this.out.us = happening.outUs;
    }
  }
}

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ what: fc.constant('append' as const), flushUs: fc.integer({ min: 0, max: 2_000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('cut' as const), losesInFlight: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('mend' as const) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('stall' as const) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('deafen' as const, 'hear' as const) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('resume' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('slow' as const), outUs: fc.integer({ min: 500, max: 9_000 }) }),
  },
);

/** At least a microsecond apart; what is due at the instant of a happening comes before it, in both models. */
const history: fc.Arbitrary<readonly Timed[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 1_500 }), happening), { maxLength: 60 })
  .map((steps) => {
    let atUs = 0;
    return steps.map(([gapUs, what]) => {
      atUs += gapUs;
      return { atUs, happening: what };
    });
  });

const MUCH_LATER_US = 10_000_000;

describe('a stream', () => {
  it('gives every entry the times of a simulation that follows each message', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 900 }), (steps, applyUs) => {
        const reference = new Reference(applyUs);
        const subject = new Subject(applyUs);
        for (const { atUs, happening: what } of steps) {
          reference.run(atUs);
          reference.happen(atUs, what);
          subject.happen(atUs, what);
        }
        reference.run(MUCH_LATER_US);
        const times = reference.entries.map((_, index) => {
          const lsn = index + 1;
          return {
            arrivedAtUs: subject.stream.arrivesAtUs(lsn),
            ackedAtUs: subject.stream.ackedAtUs(lsn),
            appliedAtUs: subject.stream.appliesAtUs(lsn),
          };
        });
        expect(times).toEqual(
          reference.entries.map(({ arrivedAtUs, ackedAtUs, appliedAtUs }) => ({ arrivedAtUs, ackedAtUs, appliedAtUs })),
        );
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });

  it('changes nothing that has been, and holds a prefix of the log at all times', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { stream, timeline, happen } = bound(new Subject(200));
        const seen: (readonly [atUs: number, received: number, applied: number])[] = [];
        for (const { atUs, happening: what } of steps) {
          for (const [thenUs, received, applied] of seen) {
            expect([stream.receivedHead(thenUs), stream.appliedHead(thenUs)]).toEqual([received, applied]);
          }
          happen(atUs, what);
          const received = stream.receivedHead(atUs);
          const applied = stream.appliedHead(atUs);
          expect(applied).toBeLessThanOrEqual(received);
          expect(received).toBeLessThanOrEqual(timeline.flushedHead(atUs));
          for (let lsn = 1; lsn <= timeline.head; lsn++)
            expect(stream.ackedAtUs(lsn)).toBeGreaterThanOrEqual(stream.arrivesAtUs(lsn));
          seen.push([atUs, received, applied]);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('forgets an entry under way when the sender is gone and then the path closes too', () => {
    const subject = new Subject(50);
    subject.happen(0, { what: 'append', flushUs: 10 });
    subject.stream.disconnect(100, false);
    expect(subject.stream.receivedHead(2_000)).toBe(1);
    subject.stream.loseInFlight(200);
    expect(subject.stream.receivedHead(2_000)).toBe(0);
  });

  it('forgets its past without a difference to anything that is asked of it', () => {
    const [forgets, remembers] = [new Subject(50), new Subject(50)];
    remembers.stream.rememberArrivals();
    let nowUs = 0;
    for (let round = 0; round < 12; round++) {
      const answers = [forgets, remembers].map(({ stream, timeline }) => {
        for (let entry = 0; entry < 700; entry++) timeline.append(1, 1, nowUs + entry, nowUs + entry + 10);
        if (round % 4 === 2) stream.disconnect(nowUs + 300, round % 8 === 2);
        if (round % 4 === 3) stream.connect(nowUs + 400);
        if (round % 5 === 3) stream.stallApply(nowUs + 500);
        if (round % 5 === 4) stream.resumeApply(nowUs + 600);
        const heads = [stream.receivedHead(nowUs + 900), stream.appliedHead(nowUs + 900)];
        const next = (heads[0] as number) + 1;
        return [...heads, stream.arrivesAtUs(next), stream.ackedAtUs(next), stream.appliesAtUs(next)];
      });
      expect(answers[0]).toEqual(answers[1]);
      nowUs += 1_000;
    }
    expect(forgets.stream.arrivesAtUs(1)).toBeGreaterThan(remembers.stream.arrivesAtUs(1));
  });

  it('knows of what a copy held before it began only when the copy has said so', () => {
    const timeline = new Timeline(1, null, 0);
    timeline.append(1, 1, 0, 10);
    const feed: Feed = {
      timeline,
      mayRetract: false,
      head: () => timeline.head,
      availableAtUs: (lsn) => timeline.flushedAtUs(lsn),
    };
    const path = { latencyUs: () => BACK_US } as unknown as Path;
    const stream = new Stream({
      feed,
      base: 1,
      appliedBase: 1,
      out: path,
      back: path,
      acknowledges: 'flushed',
      flush: () => 0,
      applyUs: null,
      random: () => 0,
      fromUs: 5_000,
    });
    expect(stream.ackedAtUs(1)).toBe(5_000 + BACK_US);
  });
});

function bound(subject: Subject) {
  return { stream: subject.stream, timeline: subject.timeline, happen: subject.happen.bind(subject) };
}
