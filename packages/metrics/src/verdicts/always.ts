import type { RunMetrics } from '../summary.ts';
import { inWords, type Verdict } from './verdict.ts';

type Property = (metrics: RunMetrics) => { readonly held: boolean; readonly found: string; readonly expected: string };

const PROPERTIES: Readonly<Record<string, Property>> = {
  'single-writer': ({ splitBrain }) => {
    const count = splitBrain.reduce((sum, one) => sum + one.count, 0);
    const ops = splitBrain.flatMap((one) => one.ops);
    const found =
      count === 0 ? 'one writer at a time' : `${count} writes taken by a second writer: ${named(ops, count)}`;
    return { held: count === 0, found, expected: 'no two nodes take writes that cannot both survive' };
  },
  'acknowledged-writes-survive': ({ dataLoss }) => {
    const count = dataLoss.reduce((sum, one) => sum + one.lost, 0);
    const ops = dataLoss.flatMap((one) => one.lostOps);
    const found = count === 0 ? 'all are there' : `${count} lost: ${named(ops, count)}`;
    return { held: count === 0, found, expected: 'every acknowledged write is there at the end' };
  },
  'monotone-time': ({ timeWentBack }) => ({
    held: timeWentBack === 0,
    found: timeWentBack === 0 ? 'time never went back' : `time went back ${timeWentBack} times`,
    expected: 'no record lies before the one that precedes it',
  }),
};

/** The properties that metrics judge; all others are invariants, which the checkers watch. */
export const alwaysMeasured: readonly string[] = Object.keys(PROPERTIES);

/** Judges a property that holds at every instant. */
export function judgeAlways(metrics: RunMetrics, name: string): Verdict {
  const property = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
  if (!property) return inWords('always', name, 'inconclusive', 'no property is called that', name);
  const { held, found, expected } = property(metrics);
  return inWords('always', name, held, found, expected);
}

/** `op 17, 18, 19 and 4 more` */
function named(ops: readonly number[], count: number): string {
  const shown = ops.slice(0, 5);
  const more = count > shown.length ? ` and ${count - shown.length} more` : '';
  return `op ${shown.join(', ')}${more}`;
}
