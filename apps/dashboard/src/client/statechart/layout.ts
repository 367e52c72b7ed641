import type { Statechart, StatechartState } from '../../protocol/statechart.ts';

export interface StateBox {
  readonly id: string;
  readonly state: StatechartState;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
}

export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  /** Outer boxes before those inside them. */
  readonly boxes: readonly StateBox[];
}

/** Height of a state with nothing inside. */
export const LEAF_HEIGHT = 32;
const HEAD = 26;
const PAD = 12;
/** Room for the names of ways. */
const GAP = { x: 34, y: 30 };

interface Sized {
  readonly state: StatechartState | null;
  readonly width: number;
  readonly height: number;
  readonly children: readonly { readonly item: Sized; readonly x: number; readonly y: number }[];
}

/**
 * Boxes in boxes, as the machine nests its states; children stand in the number of columns that fits `aspect` best.
 * With `active` states only these and those that can come next are drawn, the latter without what is inside them;
 * null draws everything.
 */
export function layOutChart(chart: Statechart, aspect: number, active: ReadonlySet<string> | null): ChartLayout {
  const near = active === null ? null : new Set([...active, ...nextTo(chart, active)]);
  const shown = chart.states.filter(
    ({ id, parent }) => (parent === null || active === null || active.has(parent)) && (near === null || near.has(id)),
  );
  const all = shown.filter(({ parent }) => parent === null);
  // Beside states with others inside, one that is alone and always active tells nothing.
  const telling = all.filter(({ id }) => chart.states.some(({ parent }) => parent === id));
  const top = chart.initial === null && telling.length > 0 ? telling : all;
  const whole = arrange(
    null,
    top.map((state) => sized(shown, state)),
    aspect,
  );
  const boxes: StateBox[] = [];
  collect(whole, 0, 0, 0, boxes);
  return { width: whole.width, height: whole.height, boxes };
}

/** States that a transition leads to from where the chart is, and all around them. */
function nextTo({ transitions }: Statechart, active: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(transitions.filter(({ from }) => active.has(from)).flatMap(({ to }) => [...activeStates(to)]));
}

function sized(shown: readonly StatechartState[], state: StatechartState): Sized {
  const children = shown.filter(({ parent }) => parent === state.id);
  if (children.length === 0) {
    return { state, width: Math.max(92, state.key.length * 8.6 + 40), height: LEAF_HEIGHT, children: [] };
  }
  return arrange(
    state,
    children.map((child) => sized(shown, child)),
    2.4,
  );
}

function arrange(state: StatechartState | null, items: readonly Sized[], aspect: number): Sized {
  const head = state === null ? 0 : HEAD;
  let best: Sized | null = null;
  for (let columns = 1; columns <= items.length; columns++) {
    const tried = inColumns(state, items, columns, head);
    const off = Math.abs(Math.log(tried.width / tried.height / aspect));
    if (best === null || off < Math.abs(Math.log(best.width / best.height / aspect))) best = tried;
  }
  return best ?? { state, width: 100, height: LEAF_HEIGHT, children: [] };
}

function inColumns(state: StatechartState | null, items: readonly Sized[], columns: number, head: number): Sized {
  const children: { item: Sized; x: number; y: number }[] = [];
  let y = head + PAD;
  let width = state === null ? 0 : state.key.length * 7.4 + 40;
  for (let first = 0; first < items.length; first += columns) {
    const row = items.slice(first, first + columns);
    let x = PAD;
    for (const item of row) {
      children.push({ item, x, y });
      x += item.width + GAP.x;
    }
    width = Math.max(width, x - GAP.x + PAD);
    y += Math.max(...row.map(({ height }) => height)) + GAP.y;
  }
  return { state, width, height: y - GAP.y + PAD, children };
}

function collect(
  { state, width, height, children }: Sized,
  x: number,
  y: number,
  depth: number,
  boxes: StateBox[],
): void {
  if (state !== null) boxes.push({ id: state.id, state, x, y, width, height, depth });
  for (const child of children)
    collect(child.item, x + child.x, y + child.y, state === null ? depth : depth + 1, boxes);
}

/** Every state that is active, those around it included, from a state as the trace writes it. */
export function activeStates(text: string): ReadonlySet<string> {
  const active = new Set<string>();
  for (const path of text.split(/\s*[&,]\s*/)) {
    const parts = path.split('.');
    for (const [place] of parts.entries()) active.add(parts.slice(0, place + 1).join('.'));
  }
  return active;
}
