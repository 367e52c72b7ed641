import type { NodeView, StreamView } from '@faultline/metrics';
import { duration } from '@faultline/report';
import type { Box } from './cohort-places.ts';
import type { ThingToBreak } from './things.ts';

interface Given {
  readonly stream: StreamView;
  readonly from: Box;
  readonly to: Box;
  readonly copy: NodeView;
  readonly playing: boolean;
  /** Height of the rail that streams between many small cards share; null where each has an arc of its own. */
  readonly railY: number | null;
  readonly open: (thing: ThingToBreak, element: SVGGElement) => void;
}

/** Lags shorter than this are how replication breathes: the stream is drawn taut, without a number. */
const NOTICEABLE_US = 1_000_000;

/** A stream sags and its beads part as the copy falls behind; it is broken where nothing flows. */
export function StreamLine({ stream, from, to, copy, playing, railY, open }: Given) {
  const lagUs = copy.lag?.lagUs ?? 0;
  const broken = stream.state === 'broken' || stream.state === 'detached' || stream.state === 'terminated';
  const slack = lagUs < 100_000 ? 0 : Math.min(1, Math.log10(lagUs / 100_000) / 4);
  const { path, labelX, labelY } = railY === null ? course(from, to, slack) : alongRail(from, to, railY);
  const words = wordsOf(stream.state, lagUs);
  const link: ThingToBreak = {
    on: 'link',
    target: `${stream.database}.${stream.from} <-> ${stream.database}.${stream.to}`,
    title: `link ${stream.from} – ${stream.to}`,
    of: null,
    model: null,
  };
  return (
    <g
      class={`stream stream-${stream.state}${broken ? ' stream-cut' : ''}`}
      tabindex={0}
      role="button"
      aria-haspopup="menu"
      aria-label={`Replication from ${stream.from} to ${stream.to}: ${words ?? 'in step'}.`}
      onClick={(event) => open(link, event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          open(link, event.currentTarget);
        }
      }}
    >
      <path class="stream-reach" d={path} />
      <path class="stream-line" d={path} />
      {broken ? null : (
        <path
          class={`stream-beads${playing ? ' moving' : ''}`}
          d={path}
          stroke-dasharray={`0.1 ${(11 + slack * 34).toFixed(1)}`}
        />
      )}
      {words === null ? null : (
        <g transform={`translate(${labelX} ${labelY})`}>
          <rect
            class="stream-plate"
            x={-words.length * 3.1 - 7}
            y={-9}
            width={words.length * 6.2 + 14}
            height={17}
            rx={8}
          />
          <text class="stream-words" y={3.5}>
            {words}
          </text>
        </g>
      )}
    </g>
  );
}

function wordsOf(state: StreamView['state'], lagUs: number): string | null {
  if (state === 'rebuilding') return '↻ copying all data';
  if (state === 'broken' || state === 'stalled')
    return `✕ ${state}${lagUs > NOTICEABLE_US ? ` · ${duration(lagUs)}` : ''}`;
  if (state === 'detached' || state === 'terminated') return `✕ ${state}`;
  return lagUs < NOTICEABLE_US ? null : `${duration(lagUs)} behind`;
}

function course(from: Box, to: Box, slack: number) {
  if (Math.abs(from.y - to.y) < 4) {
    const [fromX, toX] = [from.x + from.width / 2, to.x + to.width / 2];
    const side = Math.sign(toX - fromX);
    const [startX, endX] = [fromX + side * 34, toX - side * 34];
    const rise = 20 + slack * 26 + Math.max(0, Math.abs(toX - fromX) / from.width - 1.6) * 5;
    const top = from.y - rise;
    const path = `M${startX} ${from.y}C${startX + side * 18} ${top} ${endX - side * 18} ${top} ${endX} ${to.y}`;
    return { path, labelX: (startX + endX) / 2, labelY: from.y - rise * 0.75 };
  }
  const [upper, lower] = from.y < to.y ? [from, to] : [to, from];
  const [startX, startY] = [upper.x + upper.width / 2, upper.y + upper.height];
  const [endX, endY] = [lower.x + lower.width / 2, lower.y];
  const bend = (endY - startY) * (0.5 + slack * 0.4);
  const down = `M${startX} ${startY}C${startX} ${startY + bend} ${endX} ${endY - bend} ${endX} ${endY}`;
  const up = `M${endX} ${endY}C${endX} ${endY - bend} ${startX} ${startY + bend} ${startX} ${startY}`;
  return { path: upper === from ? down : up, labelX: (startX + endX) / 2, labelY: (startY + endY) / 2 };
}

/** Between a rail or a card and what is at its left. */
const GUTTER = 4;

/** Out at the left, up to the rail, along it, down beside the other column, and in at the left: no line crosses a card. */
function alongRail(from: Box, to: Box, railY: number) {
  const [fromX, toX] = [from.x - GUTTER, to.x - GUTTER];
  const [fromY, toY] = [from.y + from.height / 2, to.y + to.height / 2];
  const over = fromX === toX ? '' : `V${railY}H${toX}`;
  return {
    path: `M${from.x} ${fromY}H${fromX}${over}V${toY}H${to.x}`,
    labelX: to.x + to.width / 2,
    labelY: to.y - 4,
  };
}
