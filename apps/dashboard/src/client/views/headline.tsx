import { worstRecoveryAt } from '@faultline/metrics';
import { duration } from '@faultline/report';
import { useApp } from '../session/app.ts';
import { metricsAt, viewedLane } from '../session/viewed.ts';
import { narrate, objectivesOf, roundedUs } from './narration.ts';

const GLYPHS = { well: '●', interrupted: '✕', recovered: '✓', over: '✓' } as const;

/** The line under the bar: what happens, in words, and the clock of the recovery against its objective. */
export function Headline() {
  const { session, model } = useApp();
  const lane = viewedLane(model);
  if (lane === null) return <div class="headline" />;
  const nowUs = session.nowUs(performance.now());
  const { standing, title, sentence } = model.waiting
    ? {
        standing: 'well' as const,
        title: 'Simulating',
        sentence: `The run is being computed ${model.wantedUs === null ? 'as far as you asked for' : `up to ${duration(roundedUs(model.wantedUs))}`}: ${duration(roundedUs(lane.simulatedToUs))} so far.`,
      }
    : narrate(lane, lane.fold.view, nowUs);
  return (
    <section class={`headline headline-${standing}`} aria-label="How it stands">
      <span class="standing">
        <span aria-hidden="true">{GLYPHS[standing]}</span> {title}
      </span>
      <p class="sentence">{sentence}</p>
      <RecoveryClock />
    </section>
  );
}

/** Measured RTO so far, with a track that is full when the objective is used up. */
function RecoveryClock() {
  const { session, model } = useApp('frame');
  const lane = viewedLane(model);
  if (lane === null) return null;
  const { rtoUs } = objectivesOf(lane.header);
  const nowUs = session.nowUs(performance.now());
  const metrics = metricsAt(lane, nowUs);
  const worst = metrics === null ? null : worstRecoveryAt(metrics.recovery, nowUs);
  const elapsedUs = worst?.elapsedUs ?? null;
  const over = rtoUs !== null && elapsedUs !== null && elapsedUs > rtoUs;
  const share = rtoUs === null || elapsedUs === null ? 0 : Math.min(1, elapsedUs / Math.max(1, rtoUs));
  return (
    <div
      class={`clock${over ? ' clock-over' : ''}${worst?.standing === 'interrupted' ? ' clock-runs' : ''}`}
      role="group"
      aria-label="Measured recovery time"
    >
      <span class="clock-label">measured RTO</span>
      <output class="clock-time" data-testid="rto">
        {worst?.standing === 'recovered' ? duration(elapsedUs) : clockFace(elapsedUs)}
      </output>
      <span class="clock-of">{rtoUs === null ? 'no objective' : `${over ? '✕ over' : 'of'} ${duration(rtoUs)}`}</span>
      <svg class="clock-track" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect class="clock-whole" width="100" height="4" />
        <rect class="clock-used" width={share * 100} height="4" />
      </svg>
    </div>
  );
}

/** Minutes, seconds and tenths, of a fixed width so that it does not jump while it runs. */
function clockFace(us: number | null): string {
  if (us === null) return '0:00.0';
  const tenths = Math.floor(us / 100_000);
  const [minutes, seconds] = [Math.floor(tenths / 600), Math.floor((tenths % 600) / 10)];
  return `${minutes}:${String(seconds).padStart(2, '0')}.${tenths % 10}`;
}
