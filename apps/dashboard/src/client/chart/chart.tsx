import { scaleLinear, scaleSymlog } from 'd3-scale';
import { type ChartData, type ChartLayer, valueAt } from './chart-data.ts';
import { stepArea, stepLine } from './paths.ts';
import type { TimeAxis } from './time-axis.ts';

/** How charts are drawn: under their titles, or where a page is low, beside them. */
export interface ChartFrame {
  /** Room for the numbers of the vertical axis, and for a title that stands there. */
  readonly left: number;
  /** Room for a title that stands above. */
  readonly head: number;
}

export const TALL: ChartFrame = { left: 52, head: 18 };
export const LOW: ChartFrame = { left: 92, head: 0 };
const FOOT = 4;

interface Given {
  readonly data: ChartData;
  readonly frame: ChartFrame;
  readonly axis: TimeAxis;
  readonly width: number;
  readonly height: number;
  readonly binUs: number;
  /** The bin whose values are written out. */
  readonly bin: number;
}

/** One chart. Its time axis is everybody's. */
export function Chart({ data, frame, axis, width, height, binUs, bin }: Given) {
  const { left, head } = frame;
  const most = greatest(data.layers, axis, binUs);
  const scale = (data.scale === 'log' ? scaleSymlog().constant(1_000) : scaleLinear())
    .domain([0, Math.max(most, data.scale === 'log' ? 10_000 : 1)])
    .range([height - FOOT, head + 4]);
  const y = (value: number) => Math.round((scale(value) ?? 0) * 10) / 10;
  const top = scale.domain()[1] ?? 0;
  return (
    <g class="chart" data-chart={data.id}>
      <text class="chart-title" x={head === 0 ? 2 : left} y={13}>
        {data.title}
        <tspan class="chart-hint" dx={8}>
          {width > 620 && head > 0 ? data.hint : ''}
        </tspan>
      </text>
      <line class="chart-base" x1={left} x2={width - 8} y1={height - FOOT} y2={height - FOOT} />
      <text class="chart-top" x={left - 6} y={head === 0 ? 26 : head + 10}>
        {data.format(roundUp(top))}
      </text>
      <g clip-path="url(#plot)">
        {data.layers.map((layer) =>
          layer.from === undefined ? (
            <path key={layer.name} class={`chart-line ${layer.look}`} d={stepLine(layer.values, binUs, axis.x, y)} />
          ) : (
            <path
              key={layer.name}
              class={`chart-band ${layer.look}`}
              d={stepArea(layer.from, layer.values as readonly number[], binUs, axis.x, y)}
            />
          ),
        )}
      </g>
      <Legend
        layers={data.layers}
        bin={bin}
        format={data.format}
        left={left + data.title.length * 7 + 12}
        right={width - 8}
      />
    </g>
  );
}

function greatest(layers: readonly ChartLayer[], { fromUs, toUs }: TimeAxis, binUs: number): number {
  const [first, last] = [Math.floor(fromUs / binUs), Math.ceil(toUs / binUs)];
  let most = 0;
  for (const { values } of layers) {
    for (let bin = first; bin < Math.min(last, values.length); bin++) most = Math.max(most, values[bin] ?? 0);
  }
  return most * 1.05;
}

/** Two figures: an axis need not say more. */
function roundUp(value: number): number {
  if (value <= 0) return 0;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / unit) * unit;
}

interface LegendGiven {
  readonly layers: readonly ChartLayer[];
  readonly bin: number;
  readonly format: (value: number) => string;
  /** Where the title ends: names that would reach it are left out. */
  readonly left: number;
  readonly right: number;
}

/** Width of a letter, and of what stands between two names. */
const LETTER = 6.1;
const BETWEEN = 20;

/** There is room for so many names. */
const LEGEND_MAX = 3;

/** The layers with the greatest values, in their own order. */
function mostAt(layers: readonly ChartLayer[], bin: number): readonly ChartLayer[] {
  const most = [...layers].sort((a, b) => (valueAt(b, bin) ?? 0) - (valueAt(a, bin) ?? 0)).slice(0, LEGEND_MAX);
  return layers.filter((layer) => most.includes(layer));
}

/** Names and values at the cursor, from the right. */
function Legend({ layers, bin, format, left, right }: LegendGiven) {
  const shown = layers.length > LEGEND_MAX ? mostAt(layers, bin) : layers;
  const words = shown.map((layer) => {
    const value = valueAt(layer, bin);
    return { look: layer.look, text: `${layer.name} ${value === null ? '–' : format(Math.round(value))}` };
  });
  let x = right;
  const width = words.reduce((sum, { text }) => sum + text.length * LETTER + BETWEEN, 0);
  return (
    <>
      {width === 0 || right - width < left ? null : (
        <rect class="legend-back" x={right - width - 6} y={1} width={width + 6} height={16} rx={4} />
      )}
      {words.toReversed().map(({ look, text }) => {
        x -= text.length * LETTER + BETWEEN;
        if (x < left) return null;
        return (
          <g key={text.split(' ')[0]} transform={`translate(${x} 13)`}>
            <rect class={`legend-mark ${look}`} width={9} height={9} y={-8} rx={2} />
            <text class="legend-words" x={13}>
              {text}
            </text>
          </g>
        );
      })}
    </>
  );
}
