import type { HeaderRecord, TraceRecord } from '@faultline/trace';
import type { Invariant, Violation, Watch } from './invariant.ts';
import { invariants } from './registry.ts';
import { NONE } from './watching.ts';

/** One breach shows the next; more of the same invariant tell nothing new. */
const VIOLATIONS_MAX = 10;

/** All invariants that apply to a run, watching it together. */
export interface Watches extends Watch {
  /** Those that apply, in the order of the registry. */
  readonly watched: readonly Invariant[];
}

interface Watcher {
  readonly watch: Watch;
  found: number;
}

/**
 * Begins to watch a run. Each record goes only to the invariants that hear its type, so that an operation, by far the
 * most frequent record, costs a few calls. Of each invariant at most ten breaches are told.
 */
export function watchAll(header: HeaderRecord, candidates: readonly Invariant[] = invariants): Watches {
  const watched = candidates.filter((invariant) => invariant.applies(header));
  const watchers = watched.map((invariant) => ({ invariant, watch: invariant.watch(header), found: 0 }));
  const hearers = new Map<string, readonly Watcher[]>();
  const hearersOf = (type: TraceRecord['type']): readonly Watcher[] => {
    let found = hearers.get(type);
    if (!found) {
      found = watchers.filter(({ invariant: { hears } }) => hears === undefined || hears.includes(type));
      hearers.set(type, found);
    }
    return found;
  };
  return {
    watched,
    add(record) {
      let all = NONE;
      for (const watcher of hearersOf(record.type)) {
        if (watcher.found >= VIOLATIONS_MAX) continue;
        const violations = watcher.watch.add(record);
        if (violations.length > 0) all = [...all, ...limited(watcher, violations)];
      }
      return all;
    },
    end: () => watchers.flatMap((watcher) => limited(watcher, watcher.watch.end())),
  };
}

function limited(watcher: Watcher, violations: readonly Violation[]): readonly Violation[] {
  const told = violations.slice(0, Math.max(0, VIOLATIONS_MAX - watcher.found));
  watcher.found += told.length;
  return told;
}
