import { LEAF_HEIGHT, type StateBox } from './layout.ts';
import { stateWords } from './state-words.ts';
import { type Way, wayWords } from './ways.ts';

interface StateGiven {
  readonly box: StateBox;
  readonly active: boolean;
  readonly initial: boolean;
  /** All ways, where a state can be pointed at; null where only lit ways are drawn. */
  readonly ways: readonly Way[] | null;
  readonly point: (state: string | null) => void;
}

/** A state, with what it is called. */
export function State({ box, active, initial, ways, point }: StateGiven) {
  const { x, y, width, height, state } = box;
  const leaf = height <= LEAF_HEIGHT;
  return (
    <g
      class={`state state-${leaf ? 'atomic' : state.type}${active ? ' state-active' : ''}`}
      transform={`translate(${x} ${y})`}
      data-state={state.id}
      {...(leaf && ways !== null ? pointable(box, ways, point) : {})}
    >
      <title>{state.tags.length === 0 ? state.id : `${state.id}: ${state.tags.join(', ')}`}</title>
      <rect width={width} height={height} rx={leaf ? 8 : 12} />
      {initial ? <circle class="state-initial" cx={leaf ? 10 : 14} cy={leaf ? height / 2 : 15} r={3.4} /> : null}
      <text
        x={leaf ? width / 2 : initial ? 24 : 12}
        y={leaf ? height / 2 + 4 : 19}
        text-anchor={leaf ? 'middle' : 'start'}
      >
        {stateWords(state.key)}
        {leaf && state.type !== 'atomic' ? ' …' : ''}
      </text>
    </g>
  );
}

/** A state that shows its ways when it is pointed at, or reached with a key. */
function pointable({ id, state }: StateBox, ways: readonly Way[], point: StateGiven['point']) {
  const on = ways
    .filter(({ from }) => from.id === id)
    .map(({ to, labels }) => `${stateWords(to.state.key)} (${wayWords(labels)})`);
  return {
    tabIndex: 0,
    role: 'img',
    'aria-label': `${stateWords(state.key)}${on.length === 0 ? '' : `: leads to ${on.join(', ')}`}`,
    onPointerEnter: () => point(id),
    onPointerLeave: () => point(null),
    onFocus: () => point(id),
    onBlur: () => point(null),
  } as const;
}
