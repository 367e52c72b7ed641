import { duration } from '@faultline/report';
import { useApp } from '../session/app.ts';
import { useSize } from '../views/use-size.ts';
import { Distribution } from './distribution.tsx';
import { LaneTrack, raceScale } from './lane-track.tsx';
import { standings } from './standings.ts';

/** Deployments side by side: who is back in service first under the same fault, and how often that is so. */
export function RaceView() {
  const { session, model } = useApp();
  const { ref, width } = useSize<HTMLDivElement>();
  const nowUs = session.nowUs(performance.now());
  const lanes = standings(model.lanes, nowUs);
  const startUs = Math.min(...lanes.map(({ faultAtUs }) => faultAtUs ?? Number.POSITIVE_INFINITY));
  const endUs = Math.max(...lanes.map(({ finishUs, faultAtUs }) => finishUs ?? (faultAtUs ?? 0) + 60_000_000));
  const began = Number.isFinite(startUs);
  return (
    <div class="race" ref={ref}>
      <section class="race-lanes" aria-label="Race">
        <h2>Who is back first</h2>
        <p class="caption">
          {began && nowUs >= startUs
            ? `${duration(Math.round((nowUs - startUs) / 100_000) * 100_000)} after the fault. A lane ends where its clients work again for good.`
            : 'All lanes are in service; the fault comes at the same instant for all of them.'}
        </p>
        <svg width={width} height={lanes.length * 58 + 22} data-export="race" role="img" aria-label={spoken(lanes)}>
          <defs>
            <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="hatch-line" width="2.4" height="7" />
            </pattern>
          </defs>
          {lanes.map((lane, place) => (
            <LaneTrack
              key={lane.model}
              lane={lane}
              y={place * 58}
              width={width}
              startUs={startUs}
              endUs={endUs}
              nowUs={nowUs}
            />
          ))}
          <RaceTicks startUs={startUs} endUs={endUs} width={width} y={lanes.length * 58 + 8} />
        </svg>
      </section>
      <Distribution />
    </div>
  );
}

function spoken(lanes: ReturnType<typeof standings>): string {
  return lanes
    .map(
      ({ title, state, elapsedUs }) =>
        `${title}: ${state === 'recovered' ? `recovered after ${duration(elapsedUs)}` : state}`,
    )
    .join('; ');
}

const TICKS_S = [10, 60, 300, 900, 1_800, 3_600, 7_200];

function RaceTicks(given: { startUs: number; endUs: number; width: number; y: number }) {
  const { startUs, endUs, width, y } = given;
  if (!Number.isFinite(startUs)) return null;
  const x = raceScale(startUs, endUs, width);
  return (
    <>
      {TICKS_S.map((seconds) => seconds * 1_000_000)
        .filter((us) => startUs + us <= endUs)
        .map((us) => (
          <text key={us} class="tick" x={x(startUs + us)} y={y}>
            +{duration(us)}
          </text>
        ))}
    </>
  );
}
