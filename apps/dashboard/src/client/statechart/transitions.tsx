import type { Statechart, StatechartTransition } from '../../protocol/statechart.ts';
import type { ChartLayout, StateBox } from './layout.ts';

interface Given {
  readonly chart: Statechart;
  readonly layout: ChartLayout;
  readonly active: ReadonlySet<string>;
}

/** Ways between states. Those that lead on from where the chart is now are lit and named. */
export function Transitions({ chart, layout, active }: Given) {
  const boxes = new Map(layout.boxes.map((box) => [box.id, box]));
  const ways = merged(chart.transitions, boxes);
  const lit = ways.filter(({ from }) => active.has(from));
  return (
    <g class="ways">
      {ways.map((way) => {
        const [from, to] = [boxes.get(way.from), boxes.get(way.to)];
        if (from === undefined || to === undefined || from === to) return null;
        const on = active.has(way.from) && !contains(from, to);
        return (
          <path
            key={`${way.from}>${way.to}`}
            class={on ? 'way way-lit' : 'way'}
            d={course(from, to)}
            marker-end="url(#state-arrow)"
          />
        );
      })}
      {lit.map((way) => {
        const [from, to] = [boxes.get(way.from), boxes.get(way.to)];
        if (from === undefined || to === undefined || from === to) return null;
        const [x, y] = middle(from, to);
        return (
          <text key={`${way.from}>${way.to}`} class="way-name" x={x} y={y}>
            {shorter(way.labels)}
          </text>
        );
      })}
    </g>
  );
}

interface Way {
  readonly from: string;
  readonly to: string;
  readonly labels: readonly string[];
}

/** Several transitions between the same two states are one way with several names. */
function merged(transitions: readonly StatechartTransition[], boxes: ReadonlyMap<string, StateBox>): readonly Way[] {
  const ways = new Map<string, { from: string; to: string; labels: string[] }>();
  for (const { label, ...ends } of transitions) {
    const [from, to] = [nearestShown(ends.from, boxes), nearestShown(ends.to, boxes)];
    if (from === to) continue;
    const key = `${from}>${to}`;
    const way = ways.get(key) ?? { from, to, labels: [] };
    if (!way.labels.includes(label)) way.labels.push(label);
    ways.set(key, way);
  }
  return [...ways.values()];
}

/** A state, or the one around it that is drawn in its place. */
function nearestShown(id: string, boxes: ReadonlyMap<string, StateBox>): string {
  let path = id;
  while (!boxes.has(path) && path.includes('.')) path = path.slice(0, path.lastIndexOf('.'));
  return path;
}

function shorter(labels: readonly string[]): string {
  const [first = ''] = labels;
  const words = first.replaceAll('_', ' ').toLowerCase();
  return labels.length > 1 ? `${words} +${labels.length - 1}` : words;
}

function contains(outer: StateBox, inner: StateBox): boolean {
  return inner.id.startsWith(`${outer.id}.`);
}

/** A curve from the edge of one box to the edge of the other, bent so that there and back do not lie on each other. */
function course(from: StateBox, to: StateBox): string {
  const [a, b] = [edgeTowards(from, to), edgeTowards(to, from)];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const bend = 0.14;
  return `M${a[0]} ${a[1]}Q${(a[0] + b[0]) / 2 - dy * bend} ${(a[1] + b[1]) / 2 + dx * bend} ${b[0]} ${b[1]}`;
}

function middle(from: StateBox, to: StateBox): readonly [number, number] {
  const [a, b] = [edgeTowards(from, to), edgeTowards(to, from)];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  return [(a[0] + b[0]) / 2 - dy * 0.07, (a[1] + b[1]) / 2 + dx * 0.07 - 2];
}

function centre({ x, y, width, height }: StateBox): readonly [number, number] {
  return [x + width / 2, y + height / 2];
}

/** Where the line between two centres leaves the first box; for a box inside it, the head of the outer one. */
function edgeTowards(box: StateBox, other: StateBox): readonly [number, number] {
  const [cx, cy] = centre(box);
  if (contains(box, other)) return [box.x + box.width / 2, box.y + 22];
  const [ox, oy] = centre(other);
  const [dx, dy] = [ox - cx, oy - cy];
  const scale = Math.min(
    box.width / 2 / Math.max(1e-6, Math.abs(dx)),
    box.height / 2 / Math.max(1e-6, Math.abs(dy)),
    1,
  );
  return [cx + dx * scale, cy + dy * scale];
}
