const NEVER = Number.POSITIVE_INFINITY;

/** What comes next in each course of a cohort, and in which place among the events of one instant: looked at after every step. */
export class Timetable {
  readonly #atUs: number[] = [];
  readonly #places: number[] = [];
  #first = -1;
  #firstUs = NEVER;

  /** A line for another course, in which nothing comes so far. Returns its number. */
  add(): number {
    this.#places.push(0);
    return this.#atUs.push(NEVER) - 1;
  }

  /** What comes next in a course; at Infinity, nothing does. */
  set(line: number, atUs: number, place: number): void {
    this.#atUs[line] = atUs;
    this.#places[line] = place;
    if (line === this.#first) this.#findFirst();
    else if (atUs < this.#firstUs || (atUs === this.#firstUs && place < this.place(this.#first))) {
      this.#first = line;
      this.#firstUs = atUs;
    }
  }

  place(line: number): number {
    return this.#places[line] as number;
  }

  /** The line of what comes first of all; -1 when nothing does. */
  get first(): number {
    return this.#first;
  }

  /** When that is; Infinity when nothing comes. */
  get firstUs(): number {
    return this.#firstUs;
  }

  /** When the first of all others comes than these three lines; Infinity when nothing does. */
  firstBesides(line: number, second: number, third: number): number {
    const times = this.#atUs;
    let firstUs = NEVER;
    for (let at = 0; at < times.length; at++)
      if (at !== line && at !== second && at !== third && (times[at] as number) < firstUs)
        firstUs = times[at] as number;
    return firstUs;
  }

  #findFirst(): void {
    const times = this.#atUs;
    let first = -1;
    let firstUs = NEVER;
    for (let line = 0; line < times.length; line++) {
      const atUs = times[line] as number;
      if (atUs > firstUs || atUs === NEVER) continue;
      if (atUs === firstUs && this.place(line) > this.place(first)) continue;
      first = line;
      firstUs = atUs;
    }
    this.#first = first;
    this.#firstUs = firstUs;
  }
}
