import type { CohortView, EndpointView, NodeView, ViewState } from '@faultline/metrics';
import type { Box } from './cohort-places.ts';
import type { MapLayout } from './layout.ts';
import { lookOf } from './node-words.ts';

interface PillGiven {
  readonly endpoint: EndpointView;
  readonly box: Box;
  readonly nowUs: number;
  readonly open: (element: SVGGElement) => void;
}

/** A DNS name that clients use. */
export function EndpointPill({ endpoint, box, nowUs, open }: PillGiven) {
  const spreading = nowUs < endpoint.propagatedAtUs;
  const answer = endpoint.nodes.length === 0 ? 'does not resolve' : endpoint.nodes.join(', ');
  return (
    <g
      class={`endpoint${spreading ? ' endpoint-spreading' : ''}${endpoint.nodes.length === 0 ? ' endpoint-lost' : ''}`}
      transform={`translate(${box.x} ${box.y})`}
      tabindex={0}
      role="button"
      aria-haspopup="menu"
      aria-label={`${endpoint.database}.${endpoint.endpoint}, an endpoint: ${answer}${spreading ? ', still spreading' : ''}.`}
      onClick={(event) => open(event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          open(event.currentTarget);
        }
      }}
    >
      <rect width={box.width} height={box.height} rx={15} />
      <text x={box.width / 2} y={19.5}>
        {endpoint.database}
        <tspan class="endpoint-name">.{endpoint.endpoint}</tspan>
        {endpoint.nodes.length > MANY ? <tspan class="endpoint-count"> ×{endpoint.nodes.length}</tspan> : null}
        {spreading ? <tspan class="endpoint-note"> spreading…</tspan> : null}
      </text>
    </g>
  );
}

interface ArrowsGiven {
  readonly view: ViewState;
  readonly layout: MapLayout;
  readonly nowUs: number;
}

/** Arrows from each name to the nodes that it names, and from clients past the name to those they still believe in. */
export function NameArrows({ view, layout, nowUs }: ArrowsGiven) {
  return (
    <g class="arrows">
      {layout.endpoints.map((pill) => {
        const endpoint = view.endpoints.find(
          (known) => known.database === pill.database && known.endpoint === pill.endpoint,
        );
        if (endpoint === undefined) return null;
        const old = nowUs < endpoint.propagatedAtUs ? endpoint.previousNodes : [];
        return [
          ...arrowsTo(view, layout, endpoint.nodes).map(({ key, to, look }) =>
            arrow(pill, to, look, `${pill.endpoint}/${key}`, layout.sideways),
          ),
          ...old.map((node) =>
            arrow(pill, layout.nodes.get(node), 'arrow arrow-old', `${pill.endpoint}/old/${node}`, layout.sideways),
          ),
        ];
      })}
      {view.cohorts.map((cohort) => (
        <AskLines key={cohort.cohort} cohort={cohort} layout={layout} />
      ))}
    </g>
  );
}

/** A name for more nodes than this has one arrow for each AZ, and one for each node that is down. */
const MANY = 4;

interface Arrow {
  readonly key: string;
  readonly to: Box | undefined;
  readonly look: string;
}

/** Where the arrows of a name lead. Those to nodes that are down are drawn as such. */
function arrowsTo(view: ViewState, { nodes: boxes }: MapLayout, names: readonly string[]): readonly Arrow[] {
  const named = names.flatMap((name) => view.nodes.find(({ node }) => node === name) ?? []);
  const single = (node: NodeView): Arrow => {
    const dead = lookOf(node).tone === 'down';
    return { key: node.node, to: boxes.get(node.node), look: dead ? 'arrow arrow-dead' : 'arrow' };
  };
  if (names.length <= MANY) return named.map(single);
  const dead = named.filter((node) => lookOf(node).tone === 'down').map(single);
  const alive = named.filter((node) => lookOf(node).tone !== 'down');
  const azs = [...new Set(alive.map(({ az }) => az))];
  return [
    ...dead,
    ...azs.map((az): Arrow => {
      const own = alive.filter((node) => node.az === az).flatMap(({ node }) => boxes.get(node) ?? []);
      return { key: az, to: around(own), look: 'arrow' };
    }),
  ];
}

/** The box around boxes. */
function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

function arrow(from: Box, to: Box | undefined, name: string, key: string, sideways: boolean) {
  if (to === undefined) return null;
  if (sideways) return <path key={key} class={name} marker-end={headOf(name)} d={fromAside(from, to)} />;
  const [x1, y1, x2, y2] = [from.x + from.width / 2, from.y, to.x + to.width / 2, to.y + to.height + 3];
  const bend = (y1 - y2) * 0.5;
  return (
    <path
      key={key}
      class={name}
      marker-end={headOf(name)}
      d={`M${x1} ${y1}C${x1} ${y1 - bend} ${x2} ${y2 + bend} ${x2} ${y2}`}
    />
  );
}

function headOf(look: string): string {
  return look === 'arrow arrow-dead' ? 'url(#arrowhead-old)' : 'url(#arrowhead)';
}

/** From the left edge of a box at the right, below everything, up to the foot of a card. */
function fromAside(from: Box, to: Box): string {
  const [x1, y1] = [from.x, from.y + from.height / 2];
  const [x2, y2] = [to.x + to.width / 2, to.y + to.height + 3];
  return `M${x1} ${y1}C${x1 - 50} ${y1} ${x2} ${Math.max(y1, y2 + 46)} ${x2} ${y2}`;
}

/** A thin line from clients to each name that they use. */
function AskLines({ cohort, layout }: { cohort: CohortView; layout: MapLayout }) {
  const box = layout.cohorts.get(cohort.cohort);
  if (box === undefined) return null;
  const names = new Set(cohort.answers.map(({ endpoint }) => endpoint));
  const pills = layout.endpoints.filter(
    ({ database, endpoint }) => names.has(endpoint) && (database === cohort.database || names.size > 1),
  );
  const [x1, y1] = [box.x + box.width / 2, box.y];
  return (
    <>
      {pills.map((pill) => {
        if (layout.sideways) {
          const [x0, y0, x3, y3] = [box.x, box.y + box.height / 2, pill.x + pill.width, pill.y + pill.height / 2];
          return (
            <path key={pill.endpoint} class="asks" d={`M${x0} ${y0}C${x0 - 26} ${y0} ${x3 + 26} ${y3} ${x3} ${y3}`} />
          );
        }
        const [x2, y2] = [pill.x + pill.width / 2, pill.y + pill.height];
        const bend = (y1 - y2) * 0.5;
        return (
          <path key={pill.endpoint} class="asks" d={`M${x1} ${y1}C${x1} ${y1 - bend} ${x2} ${y2 + bend} ${x2} ${y2}`} />
        );
      })}
    </>
  );
}
