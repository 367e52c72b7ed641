import { MILLISECOND_US, type RandomStream, type RandomStreams, type Sampler } from '@faultline/clock';

/** A timing of one chart, before any run. */
export interface TimingBlueprint {
  readonly name: string;
  readonly draw: Sampler;
  /** Name of its random stream. */
  readonly stream: string;
}

/** Durations that a chart is given with a fact, each under its name with `Ms` after it, in milliseconds. */
type FactTimings = Readonly<Record<string, number>>;

/** What was drawn of one timing. */
interface Drawn {
  readonly random: RandomStream;
  /** By fact, in microseconds. */
  readonly us: number[];
}

export type FactTimingsClass = new (draws: TimingDraws, fact: number) => FactTimings;

/**
 * The timings of one chart in one run. Every fact that is accepted has one draw of each, whichever its transitions need:
 * streams stay aligned. A draw is made when somebody asks for it, with those of the facts before it, as most never are.
 */
export class TimingDraws {
  readonly #timings: readonly TimingBlueprint[];
  readonly #streams: RandomStreams;
  /** By timing; none of one that nobody has asked for. */
  readonly #drawn: (Drawn | undefined)[];

  constructor(timings: readonly TimingBlueprint[], streams: RandomStreams) {
    this.#timings = timings;
    this.#streams = streams;
    // A list that grows up to a place takes far more room than the few timings of a chart.
    this.#drawn = new Array<Drawn | undefined>(timings.length);
  }

  /** What was drawn for a fact, which are counted from 0, of the timing at this place. */
  us(place: number, fact: number): number {
    const { draw, stream } = this.#timings[place] as TimingBlueprint;
    let drawn = this.#drawn[place];
    if (drawn === undefined) {
      const random = this.#streams.stream(stream);
      // A list that begins with what it holds is as short as that: most timings are drawn once or never.
      drawn = { random, us: [draw(random)] };
      this.#drawn[place] = drawn;
    }
    const { random, us } = drawn;
    while (us.length <= fact) us.push(draw(random));
    return us[fact] as number;
  }

  /** All that was drawn for a fact, in the order of the timings, by name. */
  allUs(fact: number): Readonly<Record<string, number>> {
    const drawnUs: Record<string, number> = {};
    for (let place = 0; place < this.#timings.length; place++)
      drawnUs[(this.#timings[place] as TimingBlueprint).name] = this.us(place, fact);
    return drawnUs;
  }
}

/** Timings of these names as charts read them: each is looked up, and drawn, when it is read. */
export function factTimingsClass(names: readonly string[]): FactTimingsClass {
  class Timings {
    readonly draws: TimingDraws;
    readonly fact: number;

    constructor(draws: TimingDraws, fact: number) {
      this.draws = draws;
      this.fact = fact;
    }
  }
  for (const [place, name] of names.entries()) {
    Object.defineProperty(Timings.prototype, `${name}Ms`, {
      get(this: Timings): number {
        return this.draws.us(place, this.fact) / MILLISECOND_US;
      },
    });
  }
  return Timings as unknown as FactTimingsClass;
}
