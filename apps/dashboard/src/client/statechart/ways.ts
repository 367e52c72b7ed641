import type { Statechart, StatechartTransition } from '../../protocol/statechart.ts';
import type { ChartLayout, StateBox } from './layout.ts';

type Point = readonly [x: number, y: number];

/** An arrow between two boxes that are drawn: a quadratic curve from edge to edge. */
export interface Way {
  readonly from: StateBox;
  readonly to: StateBox;
  /** Facts and timings that lead this way. */
  readonly labels: readonly string[];
  /** It leads on from where the chart is now. */
  readonly lit: boolean;
  /** It is short and crosses nothing: it can be drawn without making the picture harder to read. */
  readonly plain: boolean;
  readonly curve: readonly [start: Point, control: Point, end: Point];
}

/** All ways of a chart. Several transitions between the same two boxes are one way with several labels. */
export function waysOf(chart: Statechart, { boxes }: ChartLayout, active: ReadonlySet<string>): readonly Way[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  return merged(chart.transitions, byId, active).flatMap(({ from: fromId, to: toId, labels }): Way[] => {
    const [from, to] = [byId.get(fromId), byId.get(toId)];
    if (from === undefined || to === undefined) return [];
    const lit = active.has(fromId) && !contains(from, to);
    const curve = curveBetween(from, to);
    return [{ from, to, labels, lit, plain: isPlain(from, to, curve, boxes), curve }];
  });
}

/** How a way is named: by its first label, and how many more there are. */
export function wayWords(labels: readonly string[]): string {
  const [first = ''] = labels;
  const words = first.replaceAll('_', ' ').toLowerCase();
  return labels.length > 1 ? `${words} +${labels.length - 1}` : words;
}

/** Whether a way begins or ends at a state, or at one inside of it. */
export function touches({ from, to }: Way, state: string): boolean {
  return [from.id, to.id].some((id) => id === state || id.startsWith(`${state}.`));
}

export function pathOf({ curve: [a, c, b] }: Way): string {
  return `M${a[0]} ${a[1]}Q${c[0]} ${c[1]} ${b[0]} ${b[1]}`;
}

/** The point of a way at a share of its course. */
export function pointAt({ curve: [a, c, b] }: Pick<Way, 'curve'>, share: number): Point {
  const [p, q, r] = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
  return [p * a[0] + q * c[0] + r * b[0], p * a[1] + q * c[1] + r * b[1]];
}

function merged(
  transitions: readonly StatechartTransition[],
  boxes: ReadonlyMap<string, StateBox>,
  active: ReadonlySet<string>,
) {
  const ways = new Map<string, { from: string; to: string; labels: string[] }>();
  for (const { kind, guard, label: cause, ...ends } of transitions) {
    const label = kind === 'always' && guard !== null ? `if ${guard.replace(/([a-z])([A-Z])/g, '$1 $2')}` : cause;
    const [from, to] = [nearestShown(ends.from, boxes), nearestShown(ends.to, boxes)];
    // What is left out inside of an active state is neither where the chart is nor where it can go next.
    const isLeftOut = (shown: string, own: string) => shown !== own && active.has(shown);
    if (from === to || isLeftOut(from, ends.from) || isLeftOut(to, ends.to)) continue;
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

function contains(outer: StateBox, inner: StateBox): boolean {
  return inner.id.startsWith(`${outer.id}.`);
}

/** A way longer than this is hard to follow among others. */
const PLAIN_LENGTH = 190;
const SAMPLES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

function isPlain(from: StateBox, to: StateBox, curve: Way['curve'], boxes: readonly StateBox[]): boolean {
  const [[ax, ay], , [bx, by]] = curve;
  if (Math.hypot(bx - ax, by - ay) > PLAIN_LENGTH) return false;
  const isEnd = (box: StateBox) => [from, to].some((end) => end === box || contains(box, end));
  const others = boxes.filter((box) => !isEnd(box));
  return SAMPLES.every((share) => {
    const [x, y] = pointAt({ curve }, share);
    return others.every((box) => x < box.x || x > box.x + box.width || y < box.y || y > box.y + box.height);
  });
}

/** Bent a little, so that there and back do not lie on each other. */
function curveBetween(from: StateBox, to: StateBox): Way['curve'] {
  const [a, b] = [edgeTowards(from, to), edgeTowards(to, from)];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const bend = 0.14;
  return [a, [(a[0] + b[0]) / 2 - dy * bend, (a[1] + b[1]) / 2 + dx * bend], b];
}

function centre({ x, y, width, height }: StateBox): Point {
  return [x + width / 2, y + height / 2];
}

/** Where the line between two centres leaves the first box; for a box inside it, the head of the outer one. */
function edgeTowards(box: StateBox, other: StateBox): Point {
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
