import { randomBytes } from 'node:crypto';
import type { Outlet } from './outlet.ts';
import { Refusal } from './refusal.ts';
import { Session, type Surroundings } from './session.ts';

/** Simulating goes on in slices of this length. */
const SLICE_MS = 5;

/** One slice in so many goes to any session, all others to those that have the least left to show, */
const ROUND_EVERY = 4;

/** which are all with less than this. */
const PRESSED_MS = 100;

interface Place {
  readonly session: Session;
  /** When a page last said something, or went. */
  touchedAtMs: number;
  /** Its last turn to simulate. */
  servedAtTurn: number;
}

/** All sessions of a server: how many there may be, when they end, and whose turn it is to simulate. */
export class Sessions {
  readonly #around: Omit<Surroundings, 'recordsLeft'>;
  readonly #places = new Map<string, Place>();
  #turn = 0;
  /** Records simulated since the server began. */
  recordsMade = 0;
  #endedLateUs = 0;

  constructor(around: Omit<Surroundings, 'recordsLeft'>) {
    this.#around = around;
  }

  get count(): number {
    return this.#places.size;
  }

  /** Simulated time, in all sessions ever, that could not be shown when it was due. */
  get lateUs(): number {
    return this.#endedLateUs + this.#sum(({ stage }) => stage.lateUs);
  }

  find(id: string): Session | undefined {
    return this.#places.get(id)?.session;
  }

  /** A new session. Throws a Refusal when there are too many, none of them left behind. */
  open(nowMs: number): Session {
    const { limits } = this.#around;
    if (this.#places.size >= limits.sessions) this.#endLongestDetached();
    if (this.#places.size >= limits.sessions)
      throw new Refusal(
        'message',
        `There are ${limits.sessions} sessions already, which is the most: try again later.`,
      );
    const session = new Session(randomBytes(16).toString('hex'), {
      ...this.#around,
      recordsLeft: (besides) =>
        limits.recordsInAll - this.#sum((each) => (each === besides ? 0 : each.estimatedRecords)),
    });
    this.#places.set(session.id, { session, touchedAtMs: nowMs, servedAtTurn: 0 });
    return session;
  }

  /** The page of a session said something. */
  touch({ id }: Session, nowMs: number): void {
    const place = this.#places.get(id);
    if (place !== undefined) place.touchedAtMs = nowMs;
  }

  detach(session: Session, outlet: Outlet, nowMs: number): void {
    session.detach(outlet);
    this.touch(session, nowMs);
  }

  /** Lets time pass in every session; one that breaks is ended and the others do not notice. */
  tick(nowMs: number): void {
    for (const { session } of this.#places.values()) this.#guarded(session, () => session.stage.tick(nowMs));
  }

  /** Shows at once, and not only when time passes next, where somebody wanted to be. */
  answer(session: Session, nowMs: number): void {
    if (session.stage.canAnswer(nowMs)) this.#guarded(session, () => session.stage.tick(nowMs));
  }

  /** Ends sessions that nobody has looked at or touched for long. */
  sweep(nowMs: number): void {
    const { detachedMs, idleMs } = this.#around.limits;
    for (const place of [...this.#places.values()]) {
      const { session } = place;
      // A page on which time passes is being watched, though nobody touches it.
      if (session.outlet !== null && Number.isFinite(session.stage.leadMs)) place.touchedAtMs = nowMs;
      const mayMs = session.outlet === null ? detachedMs : idleMs;
      if (nowMs - place.touchedAtMs >= mayMs)
        this.#end(session, `Nothing was done here for ${Math.round(mayMs / 60_000)} minutes: load the page again.`);
    }
  }

  /**
   * Simulates one slice of the session whose turn it is. Returns false when there is nothing to do.
   *
   * @param nowMs Asked again and again, to end the slice in time.
   */
  work(nowMs: () => number): boolean {
    const open = [...this.#places.values()].filter(({ session }) => session.stage.hasWork);
    if (open.length === 0) return false;
    const candidates = ++this.#turn % ROUND_EVERY === 0 ? open : this.#pressed(open);
    // Whoever has waited longest for a turn, so that among equals each comes before any comes again.
    const next = candidates.reduce((a, b) => (b.servedAtTurn < a.servedAtTurn ? b : a));
    next.servedAtTurn = this.#turn;
    const untilMs = nowMs() + SLICE_MS;
    this.recordsMade += next.session.stage.work(() => nowMs() >= untilMs);
    this.answer(next.session, nowMs());
    return true;
  }

  /** Those who would have to wait soon at their speed of play: all with less than a moment left, or the one with least. */
  #pressed(open: readonly Place[]): readonly Place[] {
    const leads = open.map(({ session }) => session.stage.leadMs);
    const soonMs = Math.max(PRESSED_MS, Math.min(...leads));
    return open.filter((_, place) => (leads[place] as number) <= soonMs);
  }

  close(reason: string): void {
    for (const { session } of [...this.#places.values()]) this.#end(session, reason);
  }

  #guarded(session: Session, act: () => void): void {
    try {
      act();
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#around.report(`a session broke: ${text}`);
      this.#end(session, 'This session broke, which is our fault: load the page again.');
    }
  }

  #endLongestDetached(): void {
    const detached = [...this.#places.values()].filter(({ session }) => session.outlet === null);
    const [longest] = detached.sort((a, b) => a.touchedAtMs - b.touchedAtMs);
    if (longest !== undefined) this.#end(longest.session, 'Another session needed the room.');
  }

  #end(session: Session, reason: string): void {
    this.#endedLateUs += session.stage.lateUs;
    this.#places.delete(session.id);
    session.end(reason);
  }

  #sum(of: (session: Session) => number): number {
    let sum = 0;
    for (const { session } of this.#places.values()) sum += of(session);
    return sum;
  }
}
