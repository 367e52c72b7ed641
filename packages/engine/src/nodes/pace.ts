import { lognormal, type RandomStream, SECOND_US, tabulate } from '@faultline/clock';
import { timing } from '@faultline/models';

/** How long a host takes for its own work, where a median one of its kind takes a second: no two hosts of a class are alike, nor is one from run to run. */
export const paceDefaults = {
  pace: timing(
    lognormal({ median: '1s', p95: '1.1s' }),
    'what a host takes for work of its own that takes a median host 1 s',
    'measured',
    'PostgreSQL 15.18 pair, measured for this project: commits that waited for no network, run twice on one machine under equal settings, differed by 4 to 13 % in throughput and by 5 to 8 % in their median latency, a standard deviation of 6 % for one run',
    '2026-11-23',
  ),
};
const PACE = tabulate(paceDefaults.pace.distribution);

/** The pace of one host. It stays as it is for as long as the host lives. */
export function drawPace(random: RandomStream): number {
  return PACE(random) / SECOND_US;
}

/**
 * The paces of a node's hosts, one host after the other. Each is drawn when it first matters, with those of the hosts
 * before it: most hosts of a short run have no work of which anybody asks how long it takes.
 */
export class HostPaces {
  readonly #random: RandomStream;
  #hosts = 1;
  #drawn = 0;
  #newest = 1;

  constructor(random: RandomStream) {
    this.#random = random;
  }

  /** That of the present host. */
  get present(): number {
    for (; this.#drawn < this.#hosts; this.#drawn++) this.#newest = drawPace(this.#random);
    return this.#newest;
  }

  /** Another host takes the place of the present one. */
  replaceHost(): void {
    this.#hosts++;
  }
}

/** The random stream that all hosts of one node have their pace from. */
export function paceStreamOf(database: string, node: string): string {
  return `${database}/${node}/pace`;
}
