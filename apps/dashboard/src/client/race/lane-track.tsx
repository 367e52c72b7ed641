import { duration } from '@faultline/report';
import type { Standing } from './standings.ts';

const NAME = 210;
const END = 116;

/** Lanes differ by orders of magnitude: distance grows with the root of time, so that short ones can be seen. */
export function raceScale(startUs: number, endUs: number, width: number): (atUs: number) => number {
  const track = Math.max(40, width - NAME - END);
  return (atUs) => NAME + Math.sqrt(Math.max(0, atUs - startUs) / Math.max(1, endUs - startUs)) * track;
}

interface Given {
  readonly lane: Standing;
  readonly y: number;
  readonly width: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly nowUs: number;
}

/** One lane: the parts of its outage from the fault to now, and a flag where it is back. */
export function LaneTrack({ lane, y, width, startUs, endUs, nowUs }: Given) {
  const track = Math.max(40, width - NAME - END);
  const x = raceScale(startUs, endUs, width);
  const finished = lane.rank !== null;
  const headUs = lane.finishUs === null ? nowUs : Math.min(nowUs, lane.finishUs);
  return (
    <g class={`lane lane-${lane.state}`} transform={`translate(0 ${y})`}>
      <text class="lane-name" x={0} y={24}>
        {lane.title.length > 30 ? `${lane.title.slice(0, 29)}…` : lane.title}
      </text>
      <text class="lane-state" x={0} y={41}>
        {wordsOf(lane)}
      </text>
      <rect class="lane-track" x={NAME} y={12} width={track} height={28} rx={6} />
      {lane.segments
        .filter(({ phase }) => phase !== 'in-service')
        .map((segment) => {
          const [from, to] = [x(segment.fromUs), x(segment.toUs)];
          return (
            <g key={`${segment.phase}/${segment.fromUs}`} class={`part part-${segment.actor ?? 'nobody'}`}>
              <title>{`${segment.phase}: ${duration(segment.toUs - segment.fromUs)}`}</title>
              <rect class="part-bar" x={from} y={14} width={Math.max(1, to - from - 1)} height={24} rx={3} />
              <rect
                class="part-pattern"
                x={from}
                y={14}
                width={Math.max(1, to - from - 1)}
                height={24}
                rx={3}
                fill={segment.actor === 'customer' ? 'url(#hatch)' : 'none'}
              />
              {to - from > segment.phase.length * 6.4 + 8 ? (
                <text class="lane-phase" x={from + 6} y={30}>
                  {segment.phase.replace('dns', 'DNS').replace('-', ' ')}
                </text>
              ) : null}
            </g>
          );
        })}
      {lane.finishUs !== null && finished && lane.state === 'recovered' ? <Flag x={x(lane.finishUs)} /> : null}
      {nowUs > startUs && !finished && headUs <= endUs ? (
        <line class="cursor-now" x1={x(headUs)} x2={x(headUs)} y1={8} y2={44} />
      ) : null}
      <text class="lane-time" x={NAME + track + 12} y={32}>
        {lane.rank === null ? '' : lane.state === 'unaffected' ? '0s' : duration(lane.elapsedUs)}
      </text>
    </g>
  );
}

function wordsOf({ state, rank }: Standing): string {
  if (rank !== null) return `${rank}. ${state === 'unaffected' ? '✓ noticed nothing' : '✓ back in service'}`;
  if (state === 'interrupted') return '✕ interrupted';
  return state === 'pending' ? '● in service' : '… being simulated';
}

function Flag({ x }: { readonly x: number }) {
  return (
    <g class="flag" transform={`translate(${x} 6)`}>
      <line y2={40} />
      <path d="M0 0h14l-4 5 4 5H0z" />
    </g>
  );
}
