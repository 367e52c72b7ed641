import { ChartsView } from '../chart/charts-view.tsx';
import { MapView } from '../map/map-view.tsx';
import { useApp } from '../session/app.ts';
import { PANELS, type Panel as PanelName, type UiState } from '../session/ui.ts';
import { StatechartView } from '../statechart/statechart-view.tsx';
import { EventLogView } from './event-log-view.tsx';
import { Panel } from './panel.tsx';
import { RecoveryView } from './recovery-view.tsx';

const TITLES: Readonly<Record<PanelName, string>> = {
  map: 'Map',
  recovery: 'Recovery',
  charts: 'Charts',
  states: 'States',
  events: 'Events',
};

const CAPTIONS: Readonly<Record<PanelName, string>> = {
  map: 'Dashed arrows lead to where clients still go though they should not. Click anything to break it.',
  recovery: 'Longest bar: where the time goes. At the right: who has to act.',
  charts: 'Point at an instant to see it everywhere; drag to look closer.',
  states: 'Lit is what the control plane does now, and what can come next.',
  events: 'Click an entry and every view goes to its instant.',
};

const SIDES: readonly UiState['side'][] = ['charts', 'states', 'events'];

/** One run in all its views. */
export function WatchPage() {
  const { ui } = useApp();
  const { side, whole, panel } = ui.state;
  const shows = (name: PanelName) => whole === null || whole === name;
  return (
    <main class={`watch${whole === null ? '' : ' watch-whole'}`} data-panel={panel}>
      {shows('map') ? (
        <Panel name="map" title={TITLES.map} caption={CAPTIONS.map}>
          <MapView />
        </Panel>
      ) : null}
      {shows('recovery') ? (
        <Panel name="recovery" title={TITLES.recovery} caption={CAPTIONS.recovery}>
          <RecoveryView />
        </Panel>
      ) : null}
      {whole === null || SIDES.some((name) => name === whole) ? (
        <Panel
          name={whole === null ? side : (whole as UiState['side'])}
          title={TITLES[side]}
          caption={CAPTIONS[side]}
          head={<SideTabs />}
        >
          <Side name={whole === null ? side : (whole as UiState['side'])} />
        </Panel>
      ) : null}
    </main>
  );
}

function Side({ name }: { readonly name: UiState['side'] }) {
  if (name === 'states') return <StatechartView />;
  return name === 'events' ? <EventLogView /> : <ChartsView />;
}

function SideTabs() {
  const { ui } = useApp();
  return (
    <div class="tabs" role="tablist" aria-label="More views">
      {SIDES.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={ui.state.side === name}
          onClick={() => ui.set({ side: name, panel: name, ...(ui.state.whole === null ? {} : { whole: name }) })}
        >
          {TITLES[name]}
        </button>
      ))}
    </div>
  );
}

/** Views one at a time, where the page is small. */
export function PanelTabs() {
  const { ui } = useApp();
  return (
    <nav class="panel-tabs" aria-label="Views">
      {PANELS.map((name) => (
        <button
          key={name}
          type="button"
          aria-current={ui.state.panel === name ? 'page' : undefined}
          onClick={() =>
            ui.set({ panel: name, ...(name === 'map' || name === 'recovery' ? {} : { side: name }), whole: null })
          }
        >
          {TITLES[name]}
        </button>
      ))}
    </nav>
  );
}
