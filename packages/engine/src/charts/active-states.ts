import type { Step } from './chart-action.ts';
import type { Configuration } from './chart-execution.ts';
import type { ChartNode, ChartTransition } from './chart-node.ts';
import { leaves, withoutConflict } from './conflicts.ts';

/** Where a transition may be found: in the states inside of an active one, and if none of them has any, in itself. */
export interface Candidates {
  readonly inside: readonly Candidates[];
  readonly own: readonly ChartTransition[];
}

/** What a chart does when it takes some transitions from where it is, and where it is then. */
interface Move {
  /** Those of states that are left, of transitions, and of states that are entered, in this order. */
  readonly steps: readonly Step[];
  /** The same states again when none was left for good and none is new. */
  readonly to: ActiveStates;
}

/** Moves from somewhere, by their transitions one after the other. */
interface Moves {
  move: Move | null;
  readonly after: Map<ChartTransition, Moves>;
}

const noMoves = (): Moves => ({ move: null, after: new Map() });

/**
 * The states that a chart is in, in the order in which they were entered: the order in which XState asks them.
 *
 * What follows from them alone is the same in every run, and there are few such combinations in a chart. So each is one
 * object for all runs of a process, which works out once whatever it is asked, when it is asked first.
 */
export class ActiveStates {
  readonly #root: ChartNode;
  readonly #nodes: readonly ChartNode[];
  /** All combinations of this chart that any run has come through. */
  readonly #known: Map<string, ActiveStates>;
  readonly #candidates = new Map<string, Candidates | null>();
  readonly #moves = noMoves();
  #configuration: Configuration | null = null;
  #eventless: readonly (readonly ChartTransition[])[] | null = null;

  private constructor(root: ChartNode, nodes: readonly ChartNode[], known: Map<string, ActiveStates>) {
    this.#root = root;
    this.#nodes = nodes;
    this.#known = known;
  }

  /** Where a chart begins; `root` is one of the states. */
  static initial(root: ChartNode, nodes: readonly ChartNode[]): ActiveStates {
    return new ActiveStates(root, nodes, new Map());
  }

  get configuration(): Configuration {
    this.#configuration ??= {
      state: this.#nameInside(this.#root),
      tags: [...new Set(this.#nodes.flatMap(({ tags }) => tags))].sort(),
    };
    return this.#configuration;
  }

  /** Transitions that may be taken with an event, guards apart; null when there are none. */
  candidates(event: string): Candidates | null {
    let found = this.#candidates.get(event);
    if (found === undefined) {
      found = this.#candidatesIn(this.#root, event);
      this.#candidates.set(event, found);
    }
    return found;
  }

  /** Transitions without an event: of each innermost state those that it may take, in the order in which they are asked. */
  get eventless(): readonly (readonly ChartTransition[])[] {
    this.#eventless ??= this.#nodes
      .filter(({ type }) => type === 'atomic')
      .map((leaf) => upwards(leaf).flatMap(({ always }) => always))
      .filter((transitions) => transitions.length > 0);
    return this.#eventless;
  }

  /** What these transitions, which were chosen here, come down to. */
  move(chosen: readonly ChartTransition[]): Move {
    let moves = this.#moves;
    for (const transition of chosen) {
      let next = moves.after.get(transition);
      if (next === undefined) {
        next = noMoves();
        moves.after.set(transition, next);
      }
      moves = next;
    }
    moves.move ??= this.#moveBy(withoutConflict(chosen, this.#nodes));
    return moves.move;
  }

  #moveBy(transitions: readonly ChartTransition[]): Move {
    const before = this.#nodes;
    const left = before.filter((node) => transitions.some((one) => leaves(one, node)));
    const entered = [...new Set(transitions.flatMap(({ enters }) => enters))].sort((a, b) => a.order - b.order);
    const stay = before.filter((node) => !left.includes(node));
    const now = [...stay, ...entered.filter((node) => !stay.includes(node))];
    const moved = now.length !== before.length || now.some((node) => !before.includes(node));
    return {
      steps: [
        ...left.toSorted((a, b) => b.order - a.order).flatMap(({ exit }) => exit),
        ...transitions.flatMap(({ actions }) => actions),
        ...entered.flatMap(({ entry }) => entry),
      ],
      to: moved ? this.#of(now) : this,
    };
  }

  #of(nodes: readonly ChartNode[]): ActiveStates {
    const key = nodes.map(({ order }) => order).join();
    let known = this.#known.get(key);
    if (known === undefined) {
      known = new ActiveStates(this.#root, nodes, this.#known);
      this.#known.set(key, known);
    }
    return known;
  }

  #candidatesIn(node: ChartNode, event: string): Candidates | null {
    const inside = this.#inside(node)
      .map((child) => this.#candidatesIn(child, event))
      .filter((candidates) => candidates !== null);
    const own = node.on.get(event) ?? [];
    return inside.length > 0 || own.length > 0 ? { inside, own } : null;
  }

  #nameInside(node: ChartNode): string {
    return this.#inside(node)
      .map((child) => (child.type === 'atomic' ? child.key : `${child.key}.${this.#nameInside(child)}`))
      .join(' & ');
  }

  #inside(node: ChartNode): readonly ChartNode[] {
    return this.#nodes.filter(({ parent }) => parent === node);
  }
}

/** A state and those around it, the innermost first. */
function upwards(leaf: ChartNode): readonly ChartNode[] {
  const nodes: ChartNode[] = [];
  for (let node: ChartNode | null = leaf; node; node = node.parent) nodes.push(node);
  return nodes;
}
