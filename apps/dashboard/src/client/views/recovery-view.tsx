import { type RunMetrics, recoveryAt, type Waterfall, type WaterfallSegment, waterfallUntil } from '@faultline/metrics';
import { duration } from '@faultline/report';
import { useApp } from '../session/app.ts';
import type { Lane } from '../session/model.ts';
import { metricsAt, viewedLane } from '../session/viewed.ts';
import { faultTimes, objectivesOf } from './narration.ts';
import { useSize } from './use-size.ts';

const LABELS = 114;
const ROW = 21;
const TOP = 24;
/** Room for how long each part took, and who acts in it. */
const RIGHT = 122;

/** The outage in parts, growing while it lasts: which part, how long, and who has to act for it to end. */
export function RecoveryView() {
  const { session, model, ui } = useApp();
  const { ref, width } = useSize<HTMLDivElement>();
  const lane = viewedLane(model);
  const nowUs = session.nowUs(performance.now());
  const metrics = lane === null ? null : metricsAt(lane, nowUs);
  const seen = (metrics?.waterfalls ?? []).flatMap((whole) => {
    const now = waterfallUntil(whole, nowUs);
    return now === null ? [] : [{ whole, now }];
  });
  return (
    <div class="recovery" ref={ref}>
      {lane === null || width === 0 ? null : seen.length === 0 ? (
        <p class="empty">{emptyWords(lane, metrics, nowUs)}</p>
      ) : (
        seen.map(({ whole, now }) => (
          <CohortWaterfall
            key={`${whole.cohort}/${whole.action}`}
            {...{ whole, now, width, nowUs }}
            metrics={metrics as RunMetrics}
            rtoUs={objectivesOf(lane.header).rtoUs}
            hoverUs={ui.state.hoverUs}
            hover={(hoverUs) => ui.set({ hoverUs })}
            go={(atUs) => session.seek(atUs)}
          />
        ))
      )}
    </div>
  );
}

function emptyWords({ header, measured }: Lane, metrics: RunMetrics | null, nowUs: number): string {
  if (metrics === null) return 'What this does to clients is being computed…';
  const ahead =
    metrics.waterfalls.some(({ faultAtUs }) => faultAtUs > nowUs) || faultTimes(header).some((atUs) => atUs > nowUs);
  return ahead || measured === null
    ? 'No outage yet. When one begins, each part of it appears here as it happens.'
    : 'No client was interrupted. Break something on the map to see an outage in its parts.';
}

interface Given {
  readonly whole: Waterfall;
  readonly now: Waterfall;
  readonly metrics: RunMetrics;
  readonly width: number;
  readonly nowUs: number;
  readonly rtoUs: number | null;
  readonly hoverUs: number | null;
  readonly hover: (atUs: number | null) => void;
  readonly go: (atUs: number) => void;
}

function CohortWaterfall({ whole, now, metrics, width, nowUs, rtoUs, hoverUs, hover, go }: Given) {
  const result = metrics.recovery.find((one) => one.cohort === whole.cohort && one.action === whole.action);
  const at = result === undefined ? null : recoveryAt(result, nowUs);
  const endUs = whole.faultAtUs + Math.max(rtoUs ?? 0, whole.toUs - whole.faultAtUs) * 1.04;
  const scale = (us: number) =>
    LABELS + ((us - whole.faultAtUs) / (endUs - whole.faultAtUs)) * (width - LABELS - RIGHT);
  const instant = (x: number) =>
    whole.faultAtUs + ((x - LABELS) / (width - LABELS - RIGHT)) * (endUs - whole.faultAtUs);
  const rows = whole.segments.filter(({ phase }) => phase !== 'in-service');
  const height = TOP + rows.length * ROW + 20;
  const cursorUs = hoverUs ?? nowUs;
  return (
    <figure class="waterfall">
      <figcaption>
        <b>{whole.cohort}</b> {whole.action === 'write' ? 'writes' : 'reads'}
        <span class="waterfall-state">
          {at?.standing === 'recovered' ? `✓ recovered after ${duration(at.elapsedUs)}` : '✕ interrupted'}
        </span>
      </figcaption>
      <svg
        width={width}
        height={height}
        data-export="recovery"
        role="img"
        aria-label={spoken(now)}
        onPointerMove={(event) => hover(clamp(instant(event.offsetX), whole.faultAtUs, endUs))}
        onPointerLeave={() => hover(null)}
        onPointerUp={(event) => go(Math.round(clamp(instant(event.offsetX), whole.faultAtUs, endUs)))}
      >
        <defs>
          <pattern id="part-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="hatch-line" width="2.4" height="7" />
          </pattern>
        </defs>
        <Axis fromUs={whole.faultAtUs} endUs={endUs} scale={scale} height={height} />
        {rtoUs === null ? null : <Objective x={scale(whole.faultAtUs + rtoUs)} height={height} rtoUs={rtoUs} />}
        {rows.map((segment, row) => (
          <Part
            key={`${segment.phase}/${segment.fromUs}`}
            {...{ segment, scale }}
            y={TOP + row * ROW}
            shownToUs={shownTo(now, segment)}
            right={width}
          />
        ))}
        {cursorUs >= whole.faultAtUs && cursorUs <= endUs ? (
          <line class="cursor" x1={scale(cursorUs)} x2={scale(cursorUs)} y1={TOP - 6} y2={height - 15} />
        ) : null}
      </svg>
    </figure>
  );
}

/** How far a segment has come; null when it has not begun. */
function shownTo(now: Waterfall, { fromUs, phase }: WaterfallSegment): number | null {
  return now.segments.find((seen) => seen.fromUs === fromUs && seen.phase === phase)?.toUs ?? null;
}

interface PartGiven {
  readonly segment: WaterfallSegment;
  readonly scale: (us: number) => number;
  readonly y: number;
  readonly shownToUs: number | null;
  readonly right: number;
}

function Part({ segment, scale, y, shownToUs, right }: PartGiven) {
  const begun = shownToUs !== null;
  const x = scale(segment.fromUs);
  const barWidth = begun ? Math.max(2, scale(shownToUs) - x) : 0;
  const actor = segment.actor ?? 'nobody';
  return (
    <g class={`part part-${actor}${begun ? '' : ' part-ahead'}`}>
      <text class="part-name" x={LABELS - 10} y={y + 14}>
        {segment.phase.replace('dns', 'DNS').replace('-', ' ')}
      </text>
      {begun ? <rect class="part-bar" x={x} y={y + 3} width={barWidth} height={ROW - 6} rx={4} /> : null}
      {begun ? (
        <rect
          class="part-pattern"
          x={x}
          y={y + 3}
          width={barWidth}
          height={ROW - 6}
          rx={4}
          fill={actor === 'customer' ? 'url(#part-hatch)' : 'none'}
        />
      ) : null}
      {begun ? (
        <text class="part-time" x={right - RIGHT + 8} y={y + 14}>
          {duration(shownToUs - segment.fromUs)}
        </text>
      ) : null}
      {begun ? (
        <text class="part-actor" x={right - 6} y={y + 14}>
          {actor}
        </text>
      ) : null}
    </g>
  );
}

function Objective({ x, height, rtoUs }: { readonly x: number; readonly height: number; readonly rtoUs: number }) {
  return (
    <g class="objective">
      <line x1={x} x2={x} y1={16} y2={height - 15} />
      <text x={x - 5} y={height - 4}>
        objective {duration(rtoUs)}
      </text>
    </g>
  );
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_200, 3_600, 7_200, 21_600, 86_400];

function Axis(given: { fromUs: number; endUs: number; scale: (us: number) => number; height: number }) {
  const { fromUs, endUs, scale, height } = given;
  const spanS = (endUs - fromUs) / 1_000_000;
  const step = STEPS_S.find((seconds) => spanS / seconds <= 5) ?? 86_400;
  const ticks = Array.from({ length: Math.floor(spanS / step) + 1 }, (_, place) => place * step * 1_000_000);
  return (
    <g class="axis">
      {ticks.map((us) => (
        <g key={us} transform={`translate(${scale(fromUs + us)} 0)`}>
          <line y1={TOP - 6} y2={height - 15} />
          <text y={12}>{us === 0 ? 'fault' : `+${duration(us)}`}</text>
        </g>
      ))}
    </g>
  );
}

function spoken({ cohort, action, segments }: Waterfall): string {
  const parts = segments.map(
    ({ phase, fromUs, toUs, actor }) => `${phase} ${duration(toUs - fromUs)}${actor === null ? '' : `, ${actor} acts`}`,
  );
  return `Outage of ${cohort} ${action}s so far: ${parts.join('; ')}.`;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
