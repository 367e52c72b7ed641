import type { FaultView } from '@faultline/metrics';
import type { MapLayout } from './layout.ts';
import type { ThingToBreak } from './things.ts';

type Open = (thing: ThingToBreak, element: SVGGElement) => void;

/** Regions and their AZs; one that a fault holds is hatched and says which. */
export function Places({ layout, faults, open }: { layout: MapLayout; faults: readonly FaultView[]; open: Open }) {
  const causeAt = (place: string) =>
    faults.find(({ resolved }) => resolved.length === 1 && resolved[0] === place)?.cause;
  const place = (on: 'az' | 'region', name: string, box: { x: number; y: number; width: number; height: number }) => {
    const cause = causeAt(name);
    const thing: ThingToBreak = {
      on,
      target: name,
      title: on === 'az' ? `AZ ${name}` : `Region ${name}`,
      of: null,
      model: null,
    };
    return (
      <g
        key={name}
        class={`place place-${on}${cause === undefined ? '' : ' place-hit'}`}
        transform={`translate(${box.x} ${box.y})`}
      >
        <rect class="place-body" width={box.width} height={box.height} rx={on === 'az' ? 8 : 12} />
        {cause === undefined ? null : (
          <rect class="place-hatch" width={box.width} height={box.height} rx={on === 'az' ? 8 : 12} />
        )}
        <g
          class="place-title"
          tabindex={0}
          role="button"
          aria-haspopup="menu"
          aria-label={`${thing.title}${cause === undefined ? '' : `, hit by ${cause}`}`}
          onClick={(event) => open(thing, event.currentTarget)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === ' ') {
              event.preventDefault();
              open(thing, event.currentTarget);
            }
          }}
        >
          <rect class="place-reach" x={4} y={3} width={box.width - 8} height={20} rx={5} />
          <text x={10} y={17}>
            {name}
            {cause === undefined ? '' : ` · ✕ ${cause}`}
          </text>
        </g>
      </g>
    );
  };
  return (
    <>
      {layout.regions.map((box) => place('region', box.region, box))}
      {layout.azs.map((box) => place('az', box.az, box))}
    </>
  );
}
