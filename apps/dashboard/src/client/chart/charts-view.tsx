import { duration } from '@faultline/report';
import { useRef } from 'preact/hooks';
import { useApp } from '../session/app.ts';
import { viewedLane } from '../session/viewed.ts';
import { useSize } from '../views/use-size.ts';
import { Chart, LOW, TALL } from './chart.tsx';
import { chartsOf } from './chart-data.ts';
import { type TimeAxis, timeAxis, timeTicks } from './time-axis.ts';

const FOOT = 20;
/** Half of what the longest time on the axis is wide: the last one is not cut off. */
const TICK_HALF = 18;
/** A chart lower than this has its title beside it; one still lower would show nothing. */
const TALL_MIN = 36;
const EACH_MIN = 28;
/** A drag shorter than this is a click. */
const BRUSH_MIN = 6;

/** Five charts over one time axis: point at an instant, click to go there, drag to look closer, Escape to see all. */
export function ChartsView() {
  const { session, model, ui } = useApp();
  const { ref, width, height } = useSize<HTMLDivElement>();
  const drag = useRef<number | null>(null);
  const lane = viewedLane(model);
  if (lane === null) return <div class="charts" ref={ref} />;
  const view = lane.fold.view;
  const nowUs = session.nowUs(performance.now());
  const { binUs } = view.series;
  const charts = binUs === 0 || width === 0 ? [] : chartsOf(view, nowUs);
  const room = (height - FOOT) / Math.max(1, charts.length);
  const each = Math.max(EACH_MIN, room);
  const frame = each < TALL_MIN ? LOW : TALL;
  const axis = timeAxis(model, ui.state, frame.left, width - 8);
  // At the present instant, what has just ended: the bin that it is in holds only what has happened of it so far.
  const { hoverUs } = ui.state;
  const bin = hoverUs === null ? Math.max(0, Math.floor(nowUs / binUs) - 1) : Math.floor(hoverUs / binUs);
  const release = (x: number): void => {
    const from = drag.current;
    drag.current = null;
    if (from === null) return;
    const [a, b] = [axis.at(Math.min(from, x)), axis.at(Math.max(from, x))];
    if (Math.abs(x - from) < BRUSH_MIN) session.seek(axis.at(x));
    else ui.set({ span: [Math.round(a), Math.round(b)] });
  };
  return (
    <div class="charts" ref={ref}>
      <svg
        width={width}
        height={each * charts.length + FOOT}
        data-export="charts"
        role="img"
        aria-label="Operations, latency, replica lag, data at risk and connections over time"
        onPointerDown={(event) => {
          drag.current = event.offsetX;
        }}
        onPointerMove={(event) => ui.set({ hoverUs: axis.at(event.offsetX) })}
        onPointerUp={(event) => release(event.offsetX)}
        onPointerLeave={() => {
          drag.current = null;
          ui.set({ hoverUs: null });
        }}
        onDblClick={() => ui.set({ span: null })}
      >
        <defs>
          <clipPath id="plot">
            <rect x={frame.left} y={0} width={Math.max(0, width - frame.left - 8)} height={each} />
          </clipPath>
        </defs>
        <Shades axis={axis} height={each * charts.length} />
        {charts.map((data, place) => (
          <g key={data.id} transform={`translate(0 ${place * each})`}>
            <Chart data={data} frame={frame} axis={axis} width={width} height={each - 4} binUs={binUs} bin={bin} />
          </g>
        ))}
        {timeTicks(axis, width / 90).map((atUs) => (
          <text key={atUs} class="tick" x={Math.min(axis.x(atUs), width - TICK_HALF)} y={each * charts.length + 14}>
            {duration(atUs)}
          </text>
        ))}
        <Cursor axis={axis} height={each * charts.length} from={drag.current} />
      </svg>
      {ui.state.span === null ? null : (
        <button type="button" class="quiet charts-all" onClick={() => ui.set({ span: null })}>
          show the whole run
        </button>
      )}
    </div>
  );
}

/** When causes held and operations were interrupted, behind all charts. */
function Shades({ axis, height }: { readonly axis: TimeAxis; readonly height: number }) {
  const { session, model } = useApp();
  const nowUs = session.nowUs(performance.now());
  const spans = (viewedLane(model)?.metrics?.recovery ?? []).flatMap(({ interruptions }) => interruptions);
  return (
    <>
      {spans
        .filter(({ faultAtUs }) => faultAtUs < nowUs && faultAtUs < axis.toUs)
        .map(({ faultAtUs, toUs }, place) => {
          const x = Math.max(axis.x(axis.fromUs), axis.x(faultAtUs));
          const end = axis.x(Math.min(toUs ?? nowUs, nowUs, axis.toUs));
          return <rect key={place} class="shade" x={x} y={0} width={Math.max(0, end - x)} height={height} />;
        })}
    </>
  );
}

function Cursor({
  axis,
  height,
  from,
}: {
  readonly axis: TimeAxis;
  readonly height: number;
  readonly from: number | null;
}) {
  const { session, model, ui } = useApp('frame');
  const nowUs = session.nowUs(performance.now());
  const { hoverUs } = ui.state;
  const inside = (atUs: number) => atUs >= axis.fromUs && atUs <= axis.toUs;
  return (
    <g class="cursors" data-run={model.run}>
      {inside(nowUs) ? <line class="cursor-now" x1={axis.x(nowUs)} x2={axis.x(nowUs)} y1={0} y2={height} /> : null}
      {hoverUs !== null && inside(hoverUs) ? (
        <>
          {from === null ? null : (
            <rect
              class="brush"
              x={Math.min(from, axis.x(hoverUs))}
              width={Math.abs(axis.x(hoverUs) - from)}
              y={0}
              height={height}
            />
          )}
          <line class="cursor" x1={axis.x(hoverUs)} x2={axis.x(hoverUs)} y1={0} y2={height} />
          <text class="cursor-time" x={axis.x(hoverUs)} y={height + 14}>
            {duration(Math.round(hoverUs / 100_000) * 100_000)}
          </text>
        </>
      ) : null}
    </g>
  );
}
