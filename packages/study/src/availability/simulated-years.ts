import { RandomStreams } from '@faultline/clock';

/** A year of 365.25 days. */
export const YEAR_US = 365.25 * 24 * 3_600 * 1e6;

/** Something that fails while it works, and how long service is away then: each recovery time as likely as the others. */
export interface FailureProcess {
  readonly name: string;
  readonly perYear: number;
  readonly recoveriesUs: ArrayLike<number>;
}

export interface SimulatedYears {
  /** Microseconds without service in each year. */
  readonly downUs: Float64Array;
  readonly outages: number;
  /** Outages that began while another one went on. */
  readonly overlapping: number;
}

/**
 * Years of failures that come without memory (alternating renewal: time to failure, recovery, and so on). One repair at a
 * time: a failure during another's outage waits until that is over, so that its own recovery time is added.
 */
export function simulateYears(processes: readonly FailureProcess[], years: number, seed: string): SimulatedYears {
  const streams = new RandomStreams(seed);
  const components = processes.map(({ name, perYear, recoveriesUs }) => {
    const chance = streams.stream(`availability/${name}/failures`);
    const choose = streams.stream(`availability/${name}/recoveries`);
    return {
      nextAfter: (us: number) => us - (Math.log1p(-chance()) * YEAR_US) / perYear,
      recovery: () => recoveriesUs[Math.floor(choose() * recoveriesUs.length)] as number,
    };
  });
  const next = components.map(({ nextAfter }) => nextAfter(0));
  const downUs = new Float64Array(years);
  let freeAtUs = 0;
  let outages = 0;
  let overlapping = 0;
  for (;;) {
    const index = next.reduce((first, us, place) => (us < (next[first] as number) ? place : first), 0);
    const failsAtUs = next[index] as number;
    if (failsAtUs >= years * YEAR_US) return { downUs, outages, overlapping };
    const component = components[index] as (typeof components)[number];
    const fromUs = Math.max(failsAtUs, freeAtUs);
    const toUs = fromUs + component.recovery();
    outages++;
    if (fromUs > failsAtUs) overlapping++;
    addDown(downUs, fromUs, toUs);
    freeAtUs = toUs;
    next[index] = component.nextAfter(toUs);
  }
}

/** An outage over the end of a year belongs to both. */
function addDown(downUs: Float64Array, fromUs: number, toUs: number): void {
  for (let year = Math.floor(fromUs / YEAR_US); year < downUs.length && year * YEAR_US < toUs; year++) {
    const begin = Math.max(fromUs, year * YEAR_US);
    const end = Math.min(toUs, (year + 1) * YEAR_US);
    downUs[year] = (downUs[year] as number) + end - begin;
  }
}
