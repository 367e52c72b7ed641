import { cachedAnswers, type ViewState } from '@faultline/metrics';
import { count } from '@faultline/report';
import type { Box } from './cohort-places.ts';
import type { MapLayout } from './layout.ts';

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
  const course = sideways
    ? `M${from.x} ${from.y + 50}C${from.x - 130} ${y2 + 76} ${x2 + 60} ${y2 + 66} ${x2} ${y2}`
    : `M${x1} ${y1}C${x1} ${y1 - bend} ${x2} ${y2 + bend} ${x2} ${y2}`;
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
