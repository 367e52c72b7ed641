import { type CohortView, cachedAnswers, type EndpointView, type ViewState } from '@faultline/metrics';
import { count } from '@faultline/report';
import type { Box } from './cohort-places.ts';
import type { MapLayout } from './layout.ts';

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
      aria-label={`Endpoint ${endpoint.endpoint} of ${endpoint.database}: ${answer}${spreading ? ', still spreading' : ''}.`}
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
          ...endpoint.nodes.map((node) =>
            arrow(pill, layout.nodes.get(node), 'arrow', `${pill.endpoint}/${node}`, layout.sideways),
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

function arrow(from: Box, to: Box | undefined, name: string, key: string, sideways: boolean) {
  if (to === undefined) return null;
  if (sideways) return <path key={key} class={name} marker-end="url(#arrowhead)" d={around(from, to, 0)} />;
  const [x1, y1, x2, y2] = [from.x + from.width / 2, from.y, to.x + to.width / 2, to.y + to.height + 3];
  const bend = (y1 - y2) * 0.5;
  return (
    <path
      key={key}
      class={name}
      marker-end="url(#arrowhead)"
      d={`M${x1} ${y1}C${x1} ${y1 - bend} ${x2} ${y2 + bend} ${x2} ${y2}`}
    />
  );
}

/** From the left edge of a box at the right, below everything, up to the foot of a card. */
function around(from: Box, to: Box, aside: number): string {
  const [x1, y1] = [from.x, from.y + from.height / 2];
  const [x2, y2] = [to.x + to.width / 2 - aside, to.y + to.height + 3];
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

/** Broken lines, with a number, past the name to nodes that it no longer means: there some clients still go. */
export function MisledLines({ view, layout }: { readonly view: ViewState; readonly layout: MapLayout }) {
  return (
    <>
      {view.cohorts.flatMap((cohort) => {
        const from = layout.cohorts.get(cohort.cohort);
        const misled = cachedAnswers(view, cohort).filter(({ outdated, node }) => outdated > 0 && node !== null);
        return misled.map(({ node, outdated }) => {
          const to = layout.nodes.get(node ?? '');
          return from === undefined || to === undefined ? null : (
            <MisledLine
              key={`${cohort.cohort}/${node}`}
              from={from}
              to={to}
              outdated={outdated}
              sideways={layout.sideways}
            />
          );
        });
      })}
    </>
  );
}

interface MisledGiven {
  readonly from: Box;
  readonly to: Box;
  readonly outdated: number;
  readonly sideways: boolean;
}

function MisledLine({ from, to, outdated, sideways }: MisledGiven) {
  const words = `${count(outdated)} ${outdated === 1 ? 'client still goes' : 'clients still go'} here`;
  const half = words.length * 3.1 + 9;
  const [x1, y1] = [from.x + 36, from.y];
  const [x2, y2] = [to.x + 40, to.y + to.height + 3];
  const bend = (y1 - y2) * 0.45;
  const course = sideways ? around(from, to, 50) : `M${x1} ${y1}C${x1} ${y1 - bend} ${x2} ${y2 + bend} ${x2} ${y2}`;
  const [labelX, labelY] = sideways
    ? [x2 + half - 10, y2 + 16]
    : [x1 * 0.13 + x2 * 0.87 - half * 0.2, y2 + (y1 - y2) * 0.3];
  return (
    <g class="misled">
      <path marker-end="url(#arrowhead-old)" d={course} />
      <g transform={`translate(${labelX} ${labelY})`}>
        <rect x={-half} y={-11} width={half * 2} height={19} rx={9.5} />
        <text y={3}>{words}</text>
      </g>
    </g>
  );
}
