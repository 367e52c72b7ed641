/** One component: it fails and is repaired without memory. Rates in any one unit of time. */
export interface ChainComponent {
  readonly failureRate: number;
  /** Infinity: the repair takes no time. */
  readonly repairRate: number;
}

/**
 * The stationary distribution of a continuous-time chain with the transition rates `rates[from][to]`, by the elimination
 * of Grassmann, Taksar and Heyman ("Regenerative analysis and steady state distributions for Markov chains",
 * Operations Research 33, 1985). It subtracts nothing, so that probabilities of 1e-12 are as exact as those near 1.
 * The chain has to be irreducible.
 */
export function stationary(rates: readonly (readonly number[])[]): readonly number[] {
  const work = rates.map((row) => [...row]);
  const size = work.length;
  const at = (from: number, to: number): number => work[from]?.[to] as number;
  for (let last = size - 1; last > 0; last--) {
    let out = 0;
    for (let to = 0; to < last; to++) out += at(last, to);
    for (let from = 0; from < last; from++) {
      const share = at(from, last) / out;
      (work[from] as number[])[last] = share;
      if (share === 0) continue;
      for (let to = 0; to < last; to++)
        if (to !== from) (work[from] as number[])[to] = at(from, to) + share * at(last, to);
    }
  }
  const weights = [1];
  for (let state = 1; state < size; state++) {
    weights.push(weights.reduce((sum, weight, from) => sum + weight * at(from, state), 0));
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/**
 * Share of time in which some component is down, with the service up only while all of them are: a chain over every set
 * of failed components, each failing while it works and repaired beside the others. Up to 8 components.
 */
export function unavailability(components: readonly ChainComponent[]): number {
  const failing = components.filter(({ repairRate }) => repairRate !== Number.POSITIVE_INFINITY);
  const states = 2 ** failing.length;
  const rates = Array.from({ length: states }, (_, from) => {
    const row = new Array<number>(states).fill(0);
    failing.forEach(({ failureRate, repairRate }, component) => {
      const bit = 2 ** component;
      row[from ^ bit] = (from & bit) === 0 ? failureRate : repairRate;
    });
    return row;
  });
  // Summed over the states without service, and not taken from 1, to keep the digits of small shares.
  return stationary(rates).reduce((sum, share, state) => (state === 0 ? sum : sum + share), 0);
}
