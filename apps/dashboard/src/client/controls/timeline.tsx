import { operationRates } from '@faultline/metrics';
import { duration } from '@faultline/report';
import { useRef } from 'preact/hooks';
import { stepArea } from '../chart/paths.ts';
import { useApp } from '../session/app.ts';
import { viewedLane } from '../session/viewed.ts';
import { faultTimes } from '../views/narration.ts';
import { useSize } from '../views/use-size.ts';

const HEIGHT = 40;
const MIDDLE = 21;
const SECOND_US = 1_000_000;

/** The run from end to end, as a seismograph would write it: calm above the line, trouble below. Drag to any instant. */
export function Timeline() {
  const { session, model, ui } = useApp();
  const { ref, width } = useSize<HTMLDivElement>();
  const dragging = useRef(false);
  const lane = viewedLane(model);
  const horizonUs = Math.max(1, model.horizonUs);
  const x = (atUs: number) => (atUs / horizonUs) * width;
  const at = (px: number) => Math.round(Math.min(1, Math.max(0, px / Math.max(1, width))) * horizonUs);
  const nowUs = session.nowUs(performance.now());
  const scrub = (event: PointerEvent): void => session.seek(at(event.offsetX));
  return (
    <div
      class="timeline"
      ref={ref}
      role="slider"
      tabIndex={0}
      aria-label="Instant of the run"
      aria-valuemin={0}
      aria-valuemax={Math.round(horizonUs / SECOND_US)}
      aria-valuenow={Math.round(nowUs / SECOND_US)}
      aria-valuetext={`${duration(Math.round(nowUs / SECOND_US) * SECOND_US)} of ${duration(horizonUs)}`}
      onKeyDown={(event) => {
        const step = keyStep(event.key, horizonUs);
        if (step === null) return;
        event.preventDefault();
        event.stopPropagation();
        session.seek(step(nowUs));
      }}
      onPointerDown={(event) => {
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        scrub(event);
      }}
      onPointerMove={(event) => {
        ui.set({ hoverUs: at(event.offsetX) });
        if (dragging.current) scrub(event);
      }}
      onPointerUp={() => {
        dragging.current = false;
      }}
      onPointerLeave={() => ui.set({ hoverUs: null })}
    >
      {width === 0 || lane === null ? null : (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <rect class="timeline-ahead" x={0} y={MIDDLE - 1} width={width} height={2} rx={1} />
          <rect class="timeline-simulated" x={0} y={MIDDLE - 1} width={x(lane.simulatedToUs)} height={2} rx={1} />
          <Seismogram x={x} nowUs={nowUs} />
          {faultTimes(lane.header).map((atUs, place) => (
            <path key={place} class="timeline-fault" d={`M${x(atUs)} 3l4 7h-8z`} />
          ))}
          <Head x={x} />
        </svg>
      )}
    </div>
  );
}

function keyStep(key: string, horizonUs: number): ((nowUs: number) => number) | null {
  switch (key) {
    case 'ArrowRight':
      return (nowUs) => nowUs + SECOND_US;
    case 'ArrowLeft':
      return (nowUs) => nowUs - SECOND_US;
    case 'PageUp':
      return (nowUs) => nowUs + horizonUs / 20;
    case 'PageDown':
      return (nowUs) => nowUs - horizonUs / 20;
    case 'Home':
      return () => 0;
    case 'End':
      return () => horizonUs;
    default:
      return null;
  }
}

function Seismogram({ x, nowUs }: { readonly x: (atUs: number) => number; readonly nowUs: number }) {
  const { model } = useApp();
  const series = viewedLane(model)?.fold.view.series;
  if (series === undefined || series.binUs === 0) return null;
  const rates = operationRates(series, nowUs);
  const most = Math.max(
    1,
    ...rates.map((rate) => Math.max(rate.okPerSecond, rate.failedPerSecond + rate.indeterminatePerSecond)),
  );
  const zero = rates.map(() => 0);
  const ok = rates.map(({ okPerSecond }) => okPerSecond / most);
  const wrong = rates.map((rate) => (rate.failedPerSecond + rate.indeterminatePerSecond) / most);
  return (
    <>
      <path class="quake-ok" d={stepArea(zero, ok, series.binUs, x, (share) => MIDDLE - share * 15)} />
      <path class="quake-wrong" d={stepArea(zero, wrong, series.binUs, x, (share) => MIDDLE + share * 17)} />
    </>
  );
}

function Head({ x }: { readonly x: (atUs: number) => number }) {
  const { session, ui } = useApp('frame');
  const at = x(session.nowUs(performance.now()));
  return (
    <>
      {ui.state.hoverUs === null ? null : (
        <line class="cursor" x1={x(ui.state.hoverUs)} x2={x(ui.state.hoverUs)} y1={0} y2={HEIGHT} />
      )}
      <line class="timeline-head" x1={at} x2={at} y1={0} y2={HEIGHT} />
      <circle class="timeline-knob" cx={at} cy={MIDDLE} r={6} />
    </>
  );
}
