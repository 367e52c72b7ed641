import { type Anomaly, withImplied } from '../anomaly.ts';
import { firstCycle, type OrderLevel } from '../cycle-anomalies.ts';
import type { Cycle, EdgeBudget } from '../cycle-search.ts';
import type { DependencyGraph } from '../dependency.ts';
import { explainCycle } from '../explain-cycle.ts';
import { keyText, type Transaction, type WriteName } from '../transaction.ts';
import { addIfOrdered, type OpenPair, shown } from './open-order.ts';

/** All that is certain of a history, and what its model forbids. */
export interface Evidence {
  readonly graph: DependencyGraph;
  readonly transactions: readonly Transaction[];
  /** The names of all anomalies that the model forbids. */
  readonly forbids: ReadonlySet<string>;
  readonly level: OrderLevel;
  readonly write: WriteName;
}

/** More steps than this nobody reads. */
const MOST_STEPS = 6;

/** A cycle that there is if the pair comes in this order. */
interface Refuted {
  readonly pair: OpenPair;
  readonly cycle: Cycle;
  /** Which of the pairs that were found before it rests on. */
  readonly restsOn: readonly number[];
}

/** A forbidden cycle of the graph, or undefined if it has none. */
export function forbiddenCycle(
  graph: DependencyGraph,
  { forbids, level }: Evidence,
  budget: EdgeBudget,
): Cycle | undefined {
  const isForbidden = (name: string): boolean => [...withImplied([name])].some((implied) => forbids.has(implied));
  return firstCycle(graph, level, isForbidden, budget);
}

/**
 * Shows that of two versions neither can have come before the other. What that rests on was found before: pairs of
 * which one order ends in a cycle, so that the other is certain.
 */
export class Refutation {
  readonly #evidence: Evidence;
  readonly #budget: EdgeBudget;
  readonly #forced: readonly OpenPair[];

  constructor(evidence: Evidence, forced: readonly OpenPair[], budget: EdgeBudget) {
    this.#evidence = evidence;
    this.#budget = budget;
    this.#forced = forced;
  }

  of(conflict: OpenPair, name: string): Anomaly {
    const last = [conflict, turned(conflict)].flatMap((pair) => this.#refuted(pair, this.#forced.length) ?? []);
    const steps = this.#stepsTo(last);
    const shownSteps = steps.slice(-MOST_STEPS);
    const left = steps.length - shownSteps.length;
    const all = [...shownSteps, ...last].map((refuted) => this.#shown(refuted));
    return {
      name,
      lines: [
        'Nobody saw in which order these were written; whatever it was, it ends in a cycle.',
        ...(left > 0 ? [`${left} orders that follow in the same way are not shown.`] : []),
        ...all.flatMap(({ lines }) => lines),
        `So neither was written first: a contradiction.`,
      ],
      transactions: [...new Set(all.flatMap(({ transactions }) => transactions))].sort((a, b) => a - b),
    };
  }

  /** All that these rest on, in the order in which it was found. */
  #stepsTo(last: readonly Refuted[]): readonly Refuted[] {
    const steps = new Map<number, Refuted>();
    const needed = last.flatMap(({ restsOn }) => restsOn);
    for (let index = needed.pop(); index !== undefined && steps.size <= MOST_STEPS; index = needed.pop()) {
      if (steps.has(index)) continue;
      const refuted = this.#refuted(turned(this.#forced[index] as OpenPair), index);
      if (refuted === undefined) continue;
      steps.set(index, refuted);
      needed.push(...refuted.restsOn);
    }
    return [...steps].sort(([a], [b]) => a - b).map(([, refuted]) => refuted);
  }

  /** The cycle that there is if this pair came in this order, after the first of those that were found. */
  #refuted(pair: OpenPair, found: number): Refuted | undefined {
    const graph = this.#evidence.graph.copy();
    addIfOrdered(graph, pair, ', as supposed');
    const indexOf = new Map(this.#forced.slice(0, found).map((one, index) => [addIfOrdered(graph, one, ''), index]));
    const cycle = forbiddenCycle(graph, this.#evidence, this.#budget);
    if (cycle === undefined) return undefined;
    return { pair, cycle, restsOn: [...new Set(cycle.flatMap(({ reason }) => indexOf.get(reason) ?? []))] };
  }

  #shown({ pair, cycle }: Refuted): Pick<Anomaly, 'lines' | 'transactions'> {
    const { transactions, write } = this.#evidence;
    const { lines, transactions: members } = explainCycle('', cycle, transactions, write);
    const supposition = `Suppose that ${shown(pair.first.value)} came to ${keyText(pair.key)} before ${shown(pair.second.value)}.`;
    return { lines: [supposition, ...lines.map((line) => `  ${line}`)], transactions: members };
  }
}

const turned = ({ key, first, second }: OpenPair): OpenPair => ({ key, first: second, second: first });
