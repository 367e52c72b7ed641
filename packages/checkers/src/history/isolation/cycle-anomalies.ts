import { type Anomaly, withImplied } from './anomaly.ts';
import { type Cycle, type CycleWanted, type EdgeBudget, findCycle, SearchTooLong } from './cycle-search.ts';
import { BIT, type DependencyGraph } from './dependency.ts';
import { explainCycle } from './explain-cycle.ts';
import { hasCycle } from './has-cycle.ts';
import type { Transaction, WriteName } from './transaction.ts';
import type { CycleRule } from './version-orders/cycle-rule.ts';

/** Which cycles a model asks for. */
export interface CyclesWanted {
  readonly level: OrderLevel;
  /** Whether to look for missed causes apart from other missed writes, which a model may allow. */
  readonly seeksCauses: boolean;
}

/** How much order besides the data a search may use. */
export type OrderLevel = 'data' | 'process' | 'realtime';

interface Allowed {
  readonly suffix: string;
  readonly ww: number;
  readonly others: number;
  readonly anti: number;
}

const DATA: Allowed = { suffix: '', ww: BIT.ww, others: 0, anti: BIT.rw };
const BY_PROCESS: Allowed = {
  suffix: '-process',
  ww: BIT.ww | BIT.wwByProcess,
  others: BIT.process,
  anti: BIT.rw | BIT.rwByProcess,
};
const BY_REALTIME: Allowed = {
  suffix: '-realtime',
  ww: BY_PROCESS.ww | BIT.wwByRealtime,
  others: BIT.process | BIT.realtime,
  anti: BY_PROCESS.anti | BIT.rwByRealtime,
};

const LEVELS: Readonly<Record<OrderLevel, readonly Allowed[]>> = {
  data: [DATA],
  process: [DATA, BY_PROCESS],
  realtime: [DATA, BY_PROCESS, BY_REALTIME],
};

/** The kinds of cycles, the worst first. */
function wantedCycles(allowed: Allowed, seeksCauses: boolean): readonly (readonly [string, CycleWanted])[] {
  const kinds = cycleKinds(allowed).map(([kind, wanted]) => [`${kind}${allowed.suffix}`, wanted] as const);
  return allowed === BY_PROCESS && seeksCauses ? [CAUSAL, ...kinds] : kinds;
}

/** Overwriting is no cause: that a write is visible does not mean that those before it are. */
const CAUSAL: readonly [string, CycleWanted] = [
  'causality-violation',
  { anywhere: BIT.wr | BIT.process, required: BIT.rw | BIT.rwByProcess, anti: 'one' },
];

function cycleKinds({ ww, others, anti }: Allowed): readonly (readonly [kind: string, CycleWanted])[] {
  const reads = BIT.wr | BIT.wwAfterRead;
  const anywhere = ww | reads | others;
  return [
    ['G0', { anywhere: ww | others, required: ww, anti: 'none' }],
    ['G1c', { anywhere, required: reads, anti: 'none' }],
    ['G-single', { anywhere, required: anti, anti: 'one' }],
    ['G-nonadjacent', { anywhere, required: anti, anti: 'apart' }],
    ['G2-item', { anywhere, required: anti, anti: 'any' }],
  ];
}

/** Cycles that were found. */
export interface CyclesFound {
  readonly anomalies: readonly Anomaly[];
  /** False if the budget ran out for some kind, so that there may be such a cycle all the same. */
  readonly isComplete: boolean;
}

/**
 * One cycle of each kind that the graph has, a short one, except for kinds that one found already implies: a cycle of
 * data alone says more than one that also needs an order. No anomaly that a consistency model forbids is passed over.
 * No kind takes more than half of what is left of the budget, so that a wider one may be found where it runs out.
 */
export function cycleAnomalies(
  graph: DependencyGraph,
  transactions: readonly Transaction[],
  { level, seeksCauses }: CyclesWanted,
  write: WriteName,
  budget: EdgeBudget,
): CyclesFound {
  const anomalies: Anomaly[] = [];
  let isComplete = true;
  for (const allowed of withCycles(graph, level)) {
    for (const [name, wanted] of wantedCycles(allowed, seeksCauses)) {
      if (isImplied(name, anomalies)) continue;
      const half = Math.floor(budget.left / 2);
      const share = { left: half };
      try {
        const cycle = findCycle(graph, wanted, allowed.anti, share);
        if (cycle !== undefined) anomalies.push(explainCycle(name, cycle, transactions, write));
        if (cycle !== undefined && isLongFork(cycle))
          anomalies.push(explainCycle('long-fork', cycle, transactions, write));
      } catch (error) {
        if (!(error instanceof SearchTooLong)) throw error;
        isComplete = false;
      }
      budget.left -= half - Math.max(0, share.left);
    }
  }
  return { anomalies, isComplete };
}

/** Of the orders up to this level those with which there is a cycle at all. */
function withCycles(graph: DependencyGraph, level: OrderLevel): readonly Allowed[] {
  const all = ({ ww, others, anti }: Allowed): number => ww | others | anti | BIT.wr | BIT.wwAfterRead;
  const levels = LEVELS[level];
  const widest = levels.at(-1) as Allowed;
  if (!hasCycle(graph, all(widest))) return [];
  return levels.filter((allowed) => allowed === widest || hasCycle(graph, all(allowed)));
}

/** A cycle of the first kind, from the worst on, that is asked for and that the graph has. */
export function firstCycle(
  graph: DependencyGraph,
  level: OrderLevel,
  isWanted: (name: string) => boolean,
  budget: EdgeBudget,
): Cycle | undefined {
  for (const allowed of withCycles(graph, level))
    for (const [name, wanted] of wantedCycles(allowed, false)) {
      const cycle = isWanted(name) ? findCycle(graph, wanted, allowed.anti, budget) : undefined;
      if (cycle !== undefined) return cycle;
    }
  return undefined;
}

/** The widest kind of cycle that is forbidden, with the most order: every other that is forbidden is one of these. */
export function widestForbidden(forbids: ReadonlySet<string>): CycleRule | undefined {
  for (const kind of ['G2-item', 'G-nonadjacent', 'G-single', 'G1c', 'G0'])
    for (const allowed of [BY_REALTIME, BY_PROCESS, DATA]) {
      const name = `${kind}${allowed.suffix}`;
      const wanted = new Map(cycleKinds(allowed)).get(kind);
      if (forbids.has(name) && wanted !== undefined) return { name, wanted, anti: allowed.anti };
    }
  return undefined;
}

/** Of kinds with the same orders, G0 and G1c do not stand for each other: both are worth showing. */
function isImplied(name: string, found: readonly Anomaly[]): boolean {
  if (/^G1c(?:$|-)/.test(name)) return found.some((anomaly) => /^G1c/.test(anomaly.name));
  return withImplied(found.map((anomaly) => anomaly.name)).has(name);
}

/** Two writers and two readers, each of which saw the one and missed the other. */
function isLongFork(cycle: Cycle): boolean {
  const relations = cycle.map(({ relation }) => relation).join(' ');
  return relations === 'rw wr rw wr' || relations === 'wr rw wr rw';
}
