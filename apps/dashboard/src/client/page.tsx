import { useEffect } from 'preact/hooks';
import { Announcer } from './controls/announcer.tsx';
import { listenToKeys } from './controls/keyboard.ts';
import { Tour } from './controls/tour.tsx';
import { Transport } from './controls/transport.tsx';
import { Waiting } from './controls/waiting.tsx';
import { ExportDialog } from './dialogs/export-dialog.tsx';
import { HelpDialog } from './dialogs/help-dialog.tsx';
import { SavedDialog } from './dialogs/saved-dialog.tsx';
import { ScenariosDialog } from './dialogs/scenarios-dialog.tsx';
import { BreakMenu } from './map/break-menu.tsx';
import { RaceDialog } from './race/race-dialog.tsx';
import { RaceView } from './race/race-view.tsx';
import { useApp } from './session/app.ts';
import { Headline } from './views/headline.tsx';
import { Notices } from './views/notices.tsx';
import { TopBar } from './views/top-bar.tsx';
import { PanelTabs, WatchPage } from './views/watch-page.tsx';

/** The whole page. */
export function Page() {
  const app = useApp();
  const { model, ui } = app;
  const racing = model.lanes.length > 1;
  const measured = model.lanes.length > 0 && model.lanes.every((lane) => lane.measured !== null);
  useEffect(() => listenToKeys(app), [app]);
  return (
    <div class="page" data-status={model.status} data-run={model.run} data-measured={measured ? 'yes' : 'no'}>
      <TopBar />
      {racing ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with keys
        <main class="watch watch-race" tabIndex={0} aria-label="Race">
          <RaceView />
        </main>
      ) : (
        <>
          <Headline />
          <PanelTabs />
          <WatchPage />
        </>
      )}
      <Transport />
      {racing ? <Waiting /> : null}
      <Dialogs name={ui.state.dialog} />
      {ui.state.menu === null ? null : <BreakMenu />}
      {ui.state.tour === null || model.lanes.length === 0 || racing ? null : <Tour />}
      <Notices />
      <Announcer />
    </div>
  );
}

function Dialogs({ name }: { readonly name: ReturnType<typeof useApp>['ui']['state']['dialog'] }) {
  switch (name) {
    case 'scenarios':
    case 'yaml':
      return <ScenariosDialog />;
    case 'help':
      return <HelpDialog />;
    case 'export':
      return <ExportDialog />;
    case 'race':
      return <RaceDialog />;
    case 'saved':
      return <SavedDialog />;
    default:
      return null;
  }
}
