import { useApp } from '../session/app.ts';
import { LINK_MAX, shareLink } from '../session/share-link.ts';
import { viewedLane } from '../session/viewed.ts';
import { readableName } from './readable-name.ts';

const THEME_WORDS = { system: 'as the system', dark: 'dark', light: 'light' } as const;
const NEXT_THEME = { system: 'dark', dark: 'light', light: 'system' } as const;

/** Which scenario it is, and what can be done with it as a whole. */
export function TopBar() {
  const { session, model, ui } = useApp();
  const lane = viewedLane(model);
  const racing = model.lanes.length > 1;
  const share = async (): Promise<void> => {
    const link = await shareLink(model, session.nowUs(performance.now()));
    if (link === null) return;
    if (link.length > LINK_MAX) {
      const notice = `A link to this scenario would have ${link.length} characters, and many programs cut links after ${LINK_MAX}: save it as a file instead (s).`;
      ui.set({ notice });
      return;
    }
    window.history.replaceState(null, '', link);
    const copied = navigator.clipboard?.writeText(link) ?? Promise.reject(new Error('no clipboard'));
    copied.then(
      () =>
        ui.set({
          notice: `Link copied. It opens this ${racing ? 'race' : 'scenario'}, with its seed${racing ? '' : ' and instant'}.`,
        }),
      () => ui.set({ notice: 'The link is in the address bar now.' }),
    );
  };
  const save = (): void => {
    session.send({ type: 'save' });
    ui.set({ dialog: 'saved' });
  };
  return (
    <header class="top">
      <h1 class="brand">
        <svg viewBox="0 0 32 32" width={26} height={26} aria-hidden="true">
          <path d="M1 17h8l3.4-10 4.4 19 4.2-14 2.2 5H31" />
        </svg>
        <span>Faultline</span>
      </h1>
      <button
        type="button"
        class="choose"
        onClick={() => ui.set({ dialog: 'scenarios' })}
        title="Choose a scenario (o)"
      >
        <b>{racing ? 'Race' : readableName(lane?.header.scenario ?? 'No scenario')}</b>
        <span>{racing ? 'the same fault for every deployment' : (lane?.header.summary ?? '')}</span>
        <i aria-hidden="true">▾</i>
      </button>
      <nav class="deeds" aria-label="This run">
        <button type="button" class="quiet" onClick={() => ui.set({ dialog: 'race' })} title="Race deployments (g)">
          Race
        </button>
        <button
          type="button"
          class="quiet"
          disabled={lane === null || racing}
          onClick={save}
          title="Save as a scenario (s)"
        >
          Save
        </button>
        <button type="button" class="quiet" disabled={lane === null} onClick={share}>
          Share
        </button>
        <button
          type="button"
          class="quiet"
          disabled={lane === null}
          onClick={() => ui.set({ dialog: 'export' })}
          title="Export (e)"
        >
          Export
        </button>
        <button
          type="button"
          class="quiet round"
          aria-label={`Theme: ${THEME_WORDS[ui.state.theme]}`}
          title={`Theme: ${THEME_WORDS[ui.state.theme]} (t)`}
          onClick={() => ui.set({ theme: NEXT_THEME[ui.state.theme] })}
        >
          ◐
        </button>
        <button
          type="button"
          class="quiet round"
          aria-label="Keys and signs"
          title="Keys and signs (?)"
          onClick={() => ui.set({ dialog: 'help' })}
        >
          ?
        </button>
      </nav>
    </header>
  );
}
