import type { FaultView, SegmentView } from '@faultline/metrics';
import type { MapLayout } from './layout.ts';
import type { ThingToBreak } from './things.ts';

const COPIES = ['a', 'b'] as const;

interface Given {
  readonly volumes: MapLayout['volumes'];
  readonly segments: readonly SegmentView[];
  readonly faults: readonly FaultView[];
  readonly open: (thing: ThingToBreak, element: SVGGElement) => void;
}

/** The shared volume: two copies of every protection group in each of three AZs. Four of six must be there to write. */
export function VolumeBand({ volumes, segments, faults, open }: Given) {
  return (
    <g class="volume">
      {volumes.map(({ database, az, groups, x, y, width, height }) => {
        const place = volumes.filter((other) => other.database === database).findIndex((other) => other.az === az) + 1;
        const dark = faults.some(({ resolved, cause }) => resolved.includes(az) && cause.startsWith('az-'));
        return (
          <g key={`${database}/${az}`} transform={`translate(${x} ${y})`}>
            <rect class="volume-body" width={width} height={height} rx={6} />
            {Array.from({ length: Math.min(groups, 4) }, (_, group) =>
              COPIES.map((copy, half) => {
                const name = `pg${group + 1}-az${place}-${copy}`;
                const hit = segments.find((segment) => segment.database === database && segment.segment === name);
                const state = hit?.state ?? (dark ? 'lost' : 'well');
                const thing: ThingToBreak = {
                  on: 'segment',
                  target: `${database}.${name}`,
                  title: `segment ${name}`,
                  of: null,
                  model: null,
                };
                return (
                  <g
                    key={name}
                    class={`segment segment-${state}`}
                    transform={`translate(${8 + half * ((width - 12) / 2)} ${8 + group * 20})`}
                    tabindex={0}
                    role="button"
                    aria-haspopup="menu"
                    aria-label={`Storage segment ${name}: ${state === 'well' ? 'works' : state}`}
                    onClick={(event) => open(thing, event.currentTarget)}
                    onKeyDown={(event) => {
                      if (event.key !== 'Enter' && event.key !== ' ') return;
                      event.preventDefault();
                      open(thing, event.currentTarget);
                    }}
                  >
                    <rect width={(width - 12) / 2 - 6} height={15} rx={4} />
                    <text x={6} y={11}>
                      {state === 'well' ? '' : state === 'lost' ? '✕ ' : '↻ '}
                      {`pg${group + 1}·${copy}`}
                    </text>
                  </g>
                );
              }),
            )}
          </g>
        );
      })}
    </g>
  );
}
