import type { ChartState, FinalStateResult } from '../final-state.ts';
import type { RunMetrics } from '../summary.ts';
import { inWords, type Verdict } from './verdict.ts';

/** Nodes tell the physical truth; where a run recorded none, the tags of the charts have to do. */
const PROPERTIES: Readonly<Record<string, (database: FinalStateResult) => boolean>> = {
  // A read replica that nobody promoted is not asked to take writes.
  writable: ({ writable, everWritable, charts }) =>
    writable === null ? charts.some(hasTag('writable')) : writable || !everWritable,
  readable: ({ readable, charts }) => readable ?? charts.some(hasTag('readable')),
  redundant: ({ charts }) => charts.length > 0 && charts.every(hasTag('redundant')),
};

function hasTag(tag: string): (chart: ChartState) => boolean {
  return ({ tags }) => tags.includes(tag);
}

/** Judges a property that has to hold for every database when the run ends. */
export function judgeEventually({ finally: databases }: RunMetrics, name: string): Verdict {
  const holds = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
  if (!holds) return inWords('eventually', name, 'inconclusive', 'no property is called that', name);
  const failing = databases.filter((database) => !holds(database));
  const found =
    failing.length === 0 ? `${name} at the end` : `not ${name} at the end: ${failing.map(described).join(', ')}`;
  return inWords('eventually', name, failing.length === 0, found, `every database ${name} at the end`);
}

function described({ database, charts }: FinalStateResult): string {
  const states = charts.map(({ state }) => state).join(', ');
  return states === '' ? database : `${database} (${states})`;
}
