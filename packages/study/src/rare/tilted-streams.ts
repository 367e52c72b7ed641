import { type RandomStream, RandomStreams } from '@faultline/clock';
import type { RareTilt } from '@faultline/metrics';

/** Draws of a stream that can be tilted: later ones of a long run hardly make its outage longer. */
const DRAWS_TILTED = 8;

/** The largest number that a stream yields, so that a tilted draw cannot leave the range of the plain ones. */
const LARGEST_UNIFORM = 1 - 2 ** -53;

/** Share of the trials that are drawn without any tilt. It bounds every weight by its reciprocal. */
const PLAIN_SHARE = 0.1;

/** One draw that may be tilted, and what came of it. */
export interface Hazard {
  readonly stream: string;
  readonly draw: number;
  /** Cumulative hazard of the draw, -ln(1 - u): exponential with mean 1 when nothing is tilted. */
  readonly hazard: number;
}

/**
 * The chance of one run with some draws tilted, and the weight that makes up for it.
 *
 * Every duration is drawn by inversion from one uniform number u, so its cumulative hazard -ln(1 - u) is exponential
 * with mean 1 whatever the distribution. A tilt multiplies the hazard by a factor ("hazard rate twisting": Juneja and
 * Shahabuddin, "Simulating heavy tailed processes using delayed hazard rate twisting", ACM TOMACS 12, 2002): an
 * exponential stays one with another mean, a lognormal or a Weibull gets the tail that its own shape demands. One trial
 * in ten is drawn plainly ("defensive mixture": Hesterberg, "Weighted average importance sampling and defensive
 * mixture distributions", Technometrics 37, 1995), and weights are those of the whole mixture.
 */
export class TiltedStreams extends RandomStreams {
  readonly #factors = new Map<string, number>();
  readonly #mayTilt: (stream: string) => boolean;
  readonly #plain: boolean;
  readonly #tilted = new Map<string, RandomStream>();
  readonly #hazards: Hazard[] = [];
  #logRatio = 0;

  /** `mayTilt`: streams whose draws are watched; those in `tilts` are changed. */
  constructor(seed: string, tilts: readonly RareTilt[], mayTilt: (stream: string) => boolean) {
    super(seed);
    for (const { stream, draw, factor } of tilts) this.#factors.set(keyOf(stream, draw), factor);
    this.#mayTilt = mayTilt;
    this.#plain = super.stream('importance-sampling/plain')() < PLAIN_SHARE;
  }

  override stream(name: string): RandomStream {
    const plain = super.stream(name);
    if (!this.#mayTilt(name)) return plain;
    const known = this.#tilted.get(name);
    if (known) return known;
    let draws = 0;
    const stream = (): number => {
      draws++;
      return draws > DRAWS_TILTED ? plain() : this.#draw(name, draws, plain());
    };
    this.#tilted.set(name, stream);
    return stream;
  }

  /** Likelihood of the draws made so far without a tilt, by their likelihood as they were drawn: at most 10. */
  get weight(): number {
    return 1 / (PLAIN_SHARE + (1 - PLAIN_SHARE) * Math.exp(this.#logRatio));
  }

  /** The draws that were watched, in the order in which they were made. */
  get hazards(): readonly Hazard[] {
    return this.#hazards;
  }

  #draw(stream: string, draw: number, uniform: number): number {
    const factor = this.#factors.get(keyOf(stream, draw)) ?? 1;
    const hazard = -Math.log1p(-uniform) * (this.#plain ? 1 : factor);
    this.#hazards.push({ stream, draw, hazard });
    if (factor === 1) return uniform;
    this.#logRatio += hazard * (1 - 1 / factor) - Math.log(factor);
    return this.#plain ? uniform : Math.min(LARGEST_UNIFORM, -Math.expm1(-hazard));
  }
}

const keyOf = (stream: string, draw: number): string => `${stream}#${draw}`;
