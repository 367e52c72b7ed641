import type { WayName } from './way-names.ts';
import { pathOf, touches, type Way } from './ways.ts';

interface Given {
  readonly ways: readonly Way[];
  /** The state whose ways somebody wants to see. */
  readonly pointed: string | null;
}

/**
 * Ways between states, drawn below them. Those that lead on from where the chart is now are lit. Of the others there are
 * so many that only short ones are drawn, and all those of the state that somebody points at.
 */
export function Transitions({ ways, pointed }: Given) {
  const isPointed = (way: Way) => pointed !== null && touches(way, pointed);
  const shown = ways.filter((way) => way.lit || way.plain || isPointed(way));
  return (
    <g class="ways">
      {shown.map((way) => (
        <path
          key={`${way.from.id}>${way.to.id}`}
          class={way.lit ? 'way way-lit' : isPointed(way) ? 'way way-pointed' : 'way'}
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
