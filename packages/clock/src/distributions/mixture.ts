import type { Distribution, MixtureDistribution, MixturePart } from './distribution.ts';
import type { Family, Law } from './family.ts';
import { checkPositive, DistributionError } from './parameter.ts';

/** The largest number that a stream returns. */
const LARGEST_UNIFORM = 1 - 2 ** -53;
/** Halvings that bring any bracket down to neighbouring doubles, or to far less than a microsecond. */
const HALVINGS_MAX = 100;

/** One of several, e.g. `mixture([{ weight: 0.3, of: constant('1s') }, { weight: 0.7, of: exponential('9s') }])`. */
export function mixture(parts: readonly { readonly weight: number; readonly of: Distribution }[]): MixtureDistribution {
  return { kind: 'mixture', parts };
}

interface WeightedLaw {
  readonly share: number;
  /** Shares of all parts before this one. */
  readonly before: number;
  readonly law: Law;
}

/**
 * A draw splits its one uniform number: the integer part of it, so to speak, chooses the part, and what is
 * left, stretched to [0, 1) again, is that part's own. So a draw follows its uniform within each part, but
 * not from one part to the next; `quantile` does, and has to search for it.
 */
export const mixtureFamily: Family<MixtureDistribution> = {
  compile({ parts }, compileOther) {
    const laws = weigh(parts, compileOther);
    const cdf = (us: number): number => laws.reduce((sum, { share, law }) => sum + share * law.cdf(us), 0);
    return {
      quantile: (p) => search(laws, cdf, p),
      cdf,
      mean: laws.reduce((sum, { share, law }) => sum + share * law.mean, 0),
      draw: (uniform) => split(laws, uniform),
    };
  },
  describe({ parts }, describeOther) {
    const total = parts.reduce((sum, { weight }) => sum + weight, 0);
    const percent = (weight: number): number => Number(((100 * weight) / total).toFixed(2));
    return `mixture(${parts.map((part) => `${percent(part.weight)}% ${describeOther(part.of)}`).join(', ')})`;
  },
  scale: ({ kind, parts }, _factor, scaleOther) => ({
    kind,
    parts: parts.map(({ weight, of }) => ({ weight, of: scaleOther(of) })),
  }),
};

function weigh(parts: readonly MixturePart[], compileOther: (other: Distribution) => Law): WeightedLaw[] {
  if (parts.length === 0) throw new DistributionError('mixture parts must hold at least one part, found none');
  for (const [index, { weight }] of parts.entries()) checkPositive(`mixture parts[${index}].weight`, weight);
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  let before = 0;
  return parts.map(({ weight, of }) => {
    const weighted = { share: weight / total, before, law: compileOther(of) };
    before += weighted.share;
    return weighted;
  });
}

function split(laws: readonly WeightedLaw[], uniform: number): number {
  let index = laws.length - 1;
  while (index > 0 && uniform < (laws[index] as WeightedLaw).before) index--;
  const { share, before, law } = laws[index] as WeightedLaw;
  const rest = Math.min((uniform - before) / share, LARGEST_UNIFORM);
  return law.draw === undefined ? law.quantile(rest) : law.draw(rest);
}

/** The smallest value whose share reaches `p`. It lies between the parts' own quantiles. */
function search(laws: readonly WeightedLaw[], cdf: (us: number) => number, p: number): number {
  const quantiles = laws.map(({ law }) => law.quantile(p));
  let low = Math.min(...quantiles);
  let high = Math.max(...quantiles);
  if (p <= 0 || high === Number.POSITIVE_INFINITY) return p <= 0 ? low : high;
  if (cdf(low) >= p) return low;
  for (let halving = 0; halving < HALVINGS_MAX; halving++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (cdf(middle) >= p) high = middle;
    else low = middle;
  }
  return high;
}
