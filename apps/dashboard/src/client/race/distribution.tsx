import { duration, percent } from '@faultline/report';
import { scaleLinear, scaleLog } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { useApp } from '../session/app.ts';
import type { Distribution as DistributionGiven } from '../session/model.ts';
import { useSize } from '../views/use-size.ts';

const LEFT = 46;
const BOTTOM = 30;
const RIGHT = 16;
const TICKS_S = [0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400];

type Curve = DistributionGiven['kinds'][number]['curve'];

/** The distribution of recovery times over many trials, with the band in which the true curves lie. */
export function Distribution() {
  const { model } = useApp();
  const { ref, width, height } = useSize<HTMLDivElement>();
  const { distribution, done, of } = model.race;
  return (
    <section class="distribution" aria-label="Distribution of recovery times">
      <h2>Is it always so?</h2>
      <p class="caption">
        {distribution === null
          ? model.race.plan?.trials === 0
            ? 'No trials were asked for.'
            : 'Trials are computed in the background, once the lanes are.'
          : 'Share of trials that were back within a time. Further left is faster; steeper is more predictable; bands hold 95 % of all true curves.'}
      </p>
      {of > 0 && done < of ? (
        <progress max={of} value={done} aria-label="Trials done">
          {percent(done / of)}
        </progress>
      ) : null}
      <div class="distribution-picture" ref={ref}>
        {distribution === null || width === 0 ? null : (
          <Curves distribution={distribution} width={width} height={Math.max(180, height)} />
        )}
      </div>
      {distribution?.notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
    </section>
  );
}

function Curves({
  distribution,
  width,
  height,
}: {
  readonly distribution: DistributionGiven;
  readonly width: number;
  readonly height: number;
}) {
  const times = distribution.kinds.flatMap(({ curve }) => curve.map(({ us }) => us)).filter((us) => us > 0);
  const [least, most] = [Math.max(10_000, Math.min(...times, 1_000_000)), Math.max(...times, 10_000_000)];
  const x = scaleLog()
    .domain([least * 0.9, most * 1.15])
    .range([LEFT, width - RIGHT])
    .clamp(true);
  const y = scaleLinear()
    .domain([0, 1])
    .range([height - BOTTOM, 12]);
  return (
    <svg width={width} height={height} data-export="distribution" role="img" aria-label={spoken(distribution)}>
      {[0, 0.5, 0.95].map((share) => (
        <g key={share} class="axis">
          <line x1={LEFT} x2={width - RIGHT} y1={y(share)} y2={y(share)} />
          <text class="chart-top" x={LEFT - 6} y={y(share) + 4}>
            {percent(share)}
          </text>
        </g>
      ))}
      {TICKS_S.map((seconds) => seconds * 1_000_000)
        .filter((us) => us >= least && us <= most)
        .map((us) => (
          <text key={us} class="tick" x={x(us)} y={height - 10}>
            {duration(us)}
          </text>
        ))}
      {distribution.kinds.map(({ kind, curve }, place) => (
        <path key={kind} class={`ecdf-band ecdf-${place + 1}`} d={bandOf(curve, x, y)} />
      ))}
      {distribution.kinds.map(({ kind, curve }, place) => (
        <path key={kind} class={`ecdf-line ecdf-${place + 1}`} d={lineOf(curve, x, y)} />
      ))}
      {distribution.kinds.map(({ kind, title, trials, never }, place) => (
        <g key={kind} transform={`translate(${LEFT + 14} ${24 + place * 18})`}>
          <line class={`ecdf-line ecdf-${place + 1}`} x2={26} y1={-4} y2={-4} />
          <text class="legend-words" x={34}>
            {title} · {trials} trials{never > 0 ? ` · ${never} never back` : ''}
          </text>
        </g>
      ))}
    </svg>
  );
}

type Scale = (value: number) => number;

function lineOf(curve: Curve, x: Scale, y: Scale): string {
  const path = line<Curve[number]>()
    .x(({ us }) => x(Math.max(1, us)))
    .y(({ share }) => y(share))
    .curve(curveStepAfter);
  return path([...curve]) ?? '';
}

function bandOf(curve: Curve, x: Scale, y: Scale): string {
  const path = area<Curve[number]>()
    .x(({ us }) => x(Math.max(1, us)))
    .y0(({ low }) => y(low))
    .y1(({ high }) => y(high))
    .curve(curveStepAfter);
  return path([...curve]) ?? '';
}

function spoken({ kinds }: DistributionGiven): string {
  return kinds
    .map(({ title, curve, trials }) => {
      const median = curve.find(({ share }) => share >= 0.5);
      return `${title}: half of ${trials} trials back within ${median === undefined ? 'never' : duration(median.us)}`;
    })
    .join('; ');
}
