import { type RandomStream, RandomStreams } from '@faultline/clock';

/** Draws of a stream after which all that is left may be drawn again: about evenly on a logarithmic scale up to this. */
const CUT_MAX = 100;

/** The smallest share of the streams that a renewal touches; it is chosen between this and all of them. */
const SHARE_MIN = 0.1;

/** Some of the draws of a stream: those from number `from`, counted from 0, up to the next piece. */
interface Piece {
  readonly from: number;
  readonly next: RandomStream;
}

/**
 * The chance of one run that came out of another: the first seed of a lineage draws everything, each later one draws
 * some of it again. A renewal chooses streams, and in each the draw from which on it is drawn anew, by its own seed
 * alone, whatever came of the run so far. What it changes is a set of coordinates that does not depend on the state, and
 * is drawn from its plain law: a step that leaves that law as it is, and with it the law given an event, where steps
 * that leave the event are taken back.
 */
export class SplitStreams extends RandomStreams {
  readonly #renewals: readonly Renewal[];
  readonly #streams = new Map<string, RandomStream>();

  /** `lineage`: the seed of the first run, then of each renewal since. */
  constructor(lineage: readonly string[]) {
    const [first, ...renewals] = lineage;
    super(first as string);
    this.#renewals = renewals.map((seed) => new Renewal(seed));
  }

  override stream(name: string): RandomStream {
    const known = this.#streams.get(name);
    if (known) return known;
    const plain = super.stream(name);
    let pieces: readonly Piece[] | null = null;
    let draws = 0;
    let place = 0;
    const next = (): number => {
      // Found at the first draw: most of the streams that a run names are never drawn from.
      pieces ??= this.#pieces(name, plain);
      while (pieces[place + 1] !== undefined && (pieces[place + 1] as Piece).from <= draws) place++;
      draws++;
      return (pieces[place] as Piece).next();
    };
    const stream: RandomStream = Object.defineProperty(next, 'name', { value: name });
    this.#streams.set(name, stream);
    return stream;
  }

  #pieces(name: string, plain: RandomStream): readonly Piece[] {
    let pieces: Piece[] = [{ from: 0, next: plain }];
    const key = keyOf(name);
    for (const renewal of this.#renewals) {
      const from = renewal.cut(key);
      if (from === null) continue;
      pieces = pieces.filter((piece) => piece.from < from);
      pieces.push({ from, next: renewal.stream(name) });
    }
    return pieces;
  }
}

/** Which draws a seed draws again. */
class Renewal extends RandomStreams {
  readonly #key: number;
  readonly #share: number;

  constructor(seed: string) {
    super(seed);
    this.#key = keyOf(seed);
    this.#share = SHARE_MIN ** uniform(this.#key, 0);
  }

  /** The first draw that is drawn again, from 0, in the stream of this key; null where none is. */
  cut(stream: number): number | null {
    const key = mixed(this.#key ^ stream);
    return uniform(key, 1) < this.#share ? Math.floor(CUT_MAX ** uniform(key, 2)) - 1 : null;
  }
}

// To choose what is drawn again takes no good chance, only chance that does not look at the run, and little time: a
// lineage has dozens of renewals, each of which is asked about every stream.

/** 32 bits of a text (Fowler, Noll and Vo's hash 1a, over character codes). */
function keyOf(text: string): number {
  let key = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) key = Math.imul(key ^ text.charCodeAt(index), 0x01000193);
  return mixed(key);
}

/** Spreads 32 bits over each other (the finalizer of MurmurHash3, A. Appleby). */
function mixed(key: number): number {
  let bits = key ^ (key >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** In [0, 1). */
const uniform = (key: number, turn: number): number => (mixed(key + Math.imul(turn, 0x9e3779b9)) >>> 0) / 2 ** 32;
