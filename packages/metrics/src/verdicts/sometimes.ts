import { SIGNS, type Sign } from '../signs.ts';
import type { RunMetrics } from '../summary.ts';
import { inWords, type Verdict } from './verdict.ts';

/** Judges something that has to happen at least once: a scenario that never met its fault proves nothing. */
export function judgeSometimes(metrics: RunMetrics, name: string): Verdict {
  if (name === 'no-failover') {
    const happened = metrics.signs.failover !== undefined;
    return inWords('sometimes', name, !happened, happened ? 'a failover' : 'no failover', 'no failover');
  }
  if (name === 'lost-update') {
    const count = metrics.dataLoss.reduce((sum, one) => sum + one.lostUpdates, 0);
    return inWords('sometimes', name, count > 0, count === 0 ? 'none' : `${count} lost updates`, 'at least one');
  }
  if (!isSign(name)) return inWords('sometimes', name, 'inconclusive', 'nothing is called that', name);
  const seen = metrics.signs[name] !== undefined;
  return inWords('sometimes', name, seen, seen ? 'seen' : 'not seen', 'at least once');
}

function isSign(name: string): name is Sign {
  return (SIGNS as readonly string[]).includes(name);
}
