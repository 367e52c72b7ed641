import type { WayName } from './way-names.ts';
import { pathOf, type Way } from './ways.ts';

/** Ways between states, drawn below them. Those that lead on from where the chart is now are lit. */
export function Transitions({ ways }: { readonly ways: readonly Way[] }) {
  return (
    <g class="ways">
      {ways.map((way) => (
        <path
          key={`${way.from.id}>${way.to.id}`}
          class={way.lit ? 'way way-lit' : 'way'}
          d={pathOf(way)}
          marker-end={way.lit ? 'url(#state-arrow-lit)' : 'url(#state-arrow)'}
        />
      ))}
    </g>
  );
}

export function WayNames({ names }: { readonly names: readonly WayName[] }) {
  return (
    <g class="way-names">
      {names.map(({ key, words, x, y }) => (
        <text key={key} class="way-name" x={x} y={y + 4}>
          {words}
        </text>
      ))}
    </g>
  );
}
