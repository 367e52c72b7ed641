import { parseDuration } from '../durations.ts';
import type { ConstantDistribution } from './distribution.ts';
import type { Family } from './family.ts';
import { checkNotNegative, durationText } from './parameter.ts';

/** Always `duration`, e.g. `constant('5s')`. */
export function constant(duration: string): ConstantDistribution {
  return { kind: 'constant', us: parseDuration(duration) };
}

export const constantFamily: Family<ConstantDistribution> = {
  compile({ us }) {
    checkNotNegative('constant us', us);
    return { quantile: () => us, cdf: (atUs) => (atUs >= us ? 1 : 0), mean: us };
  },
  describe: ({ us }) => `constant(${durationText(us)})`,
  scale: ({ kind, us }, factor) => ({ kind, us: us * factor }),
};
