import type { ChartView } from '@faultline/metrics';
import { duration } from '@faultline/report';
import { useMemo, useState } from 'preact/hooks';
import type { Statechart } from '../../protocol/statechart.ts';
import { useApp } from '../session/app.ts';
import { viewedLane } from '../session/viewed.ts';
import { useSize } from '../views/use-size.ts';
import { activeStates, type ChartLayout, LEAF_HEIGHT, layOutChart, type StateBox } from './layout.ts';
import { State } from './state-shape.tsx';
import { stateWords } from './state-words.ts';
import { Transitions, WayNames } from './transitions.tsx';
import { placeNames } from './way-names.ts';
import { touches, type Way, waysOf, wayWords } from './ways.ts';

/** Room for all states of the largest chart, in square pixels. */
const ROOMY_PX = 400_000;

/** The control plane of one database, drawn from the machine that runs: where it is now is lit. */
export function StatechartView() {
  const { session, model, ui } = useApp();
  const { ref, width, height } = useSize<HTMLDivElement>();
  const lane = viewedLane(model);
  const charts = lane?.fold.view.charts ?? [];
  const chosen = charts.find(({ chart }) => chart === ui.state.database) ?? charts[0];
  const kind = lane?.header.databases.find(({ database }) => database === chosen?.database)?.model;
  const drawn = lane?.charts.find((chart) => chart.model === kind) ?? null;
  const aspect = Math.max(0.8, Math.min(3, width / Math.max(1, height)));
  // Where there is little room, only what is active and what can come next is drawn.
  const roomy = width * height > ROOMY_PX;
  const active = chosen?.state ?? '';
  const layout = useMemo(
    () => (drawn === null ? null : layOutChart(drawn, aspect, roomy ? null : activeStates(active))),
    [drawn, Math.round(aspect * 2), roomy || active],
  );
  const ways = useMemo(
    () => (drawn === null || layout === null ? [] : waysOf(drawn, layout, activeStates(active))),
    [drawn, layout, active],
  );
  return (
    <div class="statechart">
      <Choice charts={charts} chosen={chosen} whole={roomy} choose={(database) => ui.set({ database })} />
      <Next ways={ways} />
      <div class="statechart-picture" ref={ref}>
        {layout === null || drawn === null || chosen === undefined ? null : (
          <Picture
            chart={drawn}
            layout={layout}
            ways={roomy ? ways : ways.filter(({ lit }) => lit)}
            named={roomy}
            now={chosen}
            sinceUs={session.nowUs(performance.now()) - chosen.sinceUs}
          />
        )}
      </div>
    </div>
  );
}

interface ChoiceGiven {
  readonly charts: readonly ChartView[];
  readonly chosen: ChartView | undefined;
  /** All states are drawn. */
  readonly whole: boolean;
  readonly choose: (chart: string) => void;
}

function Choice({ charts, chosen, whole, choose }: ChoiceGiven) {
  if (chosen === undefined) return null;
  return (
    <div class="statechart-head">
      {charts.length < 2 ? (
        <b>{chosen.database}</b>
      ) : (
        <select value={chosen.chart} aria-label="Database" onChange={(event) => choose(event.currentTarget.value)}>
          {charts.map(({ chart }) => (
            <option key={chart}>{chart}</option>
          ))}
        </select>
      )}
      {chosen.tags.map((tag) => (
        <span key={tag} class="tag">
          {tag}
        </span>
      ))}
      <span class="note">{whole ? 'point at a state to see all its ways' : `all states: ${whereAll()}`}</span>
    </div>
  );
}

/** A page of this size, in square pixels, has room for all states when they have it to themselves. */
const LARGE_PX = 2 * ROOMY_PX;

const whereAll = () => (window.innerWidth * window.innerHeight > LARGE_PX ? 'whole page (f)' : 'on a larger screen');

/** What can come next, all of it, in words: in the picture there may not be room. */
function Next({ ways }: { readonly ways: readonly Way[] }) {
  const lit = ways.filter((way) => way.lit);
  if (lit.length === 0) return null;
  const said = lit.map(({ labels, to }) => `${wayWords(labels)} → ${stateWords(to.state.key)}`).join(' · ');
  return (
    <p class="statechart-next" title={said}>
      <b>next</b> {said}
    </p>
  );
}

interface PictureGiven {
  readonly chart: Statechart;
  readonly layout: ChartLayout;
  readonly ways: readonly Way[];
  /** Names of ways are large enough to be read. */
  readonly named: boolean;
  readonly now: ChartView;
  readonly sinceUs: number;
}

/** States with others inside, then ways, then what the ways lead to: so that no line crosses a name. */
function Picture({ chart, layout, ways, named, now, sinceUs }: PictureGiven) {
  const active = activeStates(now.state);
  const [pointed, setPointed] = useState<string | null>(null);
  const names = useMemo(() => {
    const toName = pointed === null ? ways.filter(({ lit }) => lit) : ways.filter((way) => touches(way, pointed));
    return named ? placeNames(toName, layout) : [];
  }, [ways, named, layout, pointed]);
  const drawn = (leaves: boolean) =>
    layout.boxes
      .filter(({ height }) => height <= LEAF_HEIGHT === leaves)
      .map((box) => (
        <State
          key={box.id}
          box={box}
          active={active.has(box.id)}
          initial={isInitial(chart, box)}
          ways={named ? ways : null}
          point={setPointed}
        />
      ));
  return (
    <svg
      viewBox={`-4 -4 ${layout.width + 8} ${layout.height + 8}`}
      data-export="states"
      role={named ? 'group' : 'img'}
      aria-label={`${chart.title}: in ${now.state} for ${duration(Math.max(0, Math.round(sinceUs / 1_000_000) * 1_000_000))}`}
    >
      <defs>
        <Arrowhead id="state-arrow" look="state-arrowhead" />
        <Arrowhead id="state-arrow-lit" look="state-arrowhead-lit" />
      </defs>
      {drawn(false)}
      <Transitions ways={ways} pointed={pointed} />
      {drawn(true)}
      <WayNames names={names} />
    </svg>
  );
}

function Arrowhead({ id, look }: { readonly id: string; readonly look: string }) {
  return (
    <marker id={id} viewBox="0 0 10 10" refX="9" refY="5" markerWidth="6" markerHeight="6" orient="auto">
      <path class={look} d="M0 0L10 5L0 10z" />
    </marker>
  );
}

function isInitial(chart: Statechart, { state }: StateBox): boolean {
  const around = chart.states.find(({ id }) => id === state.parent);
  return (around === undefined ? chart.initial : around.initial) === state.id;
}
