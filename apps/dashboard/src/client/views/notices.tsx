import { useEffect } from 'preact/hooks';
import { useApp } from '../session/app.ts';

const SHOWN_MS = 5_000;

/** What went wrong, or was done, for a moment; a lost connection for as long as it lasts. */
export function Notices() {
  const { model, ui } = useApp();
  const { notice, dialog } = ui.state;
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(() => ui.set({ notice: null }), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice, ui]);
  const problem = model.problem !== null && dialog !== 'scenarios' && dialog !== 'yaml' ? model.problem : null;
  return (
    <div class="notices" aria-live="assertive">
      {model.status === 'lost' ? (
        <p class="notice notice-lost">
          The connection is lost. What you see stays; it goes on when the server is back…
        </p>
      ) : null}
      {model.status === 'refused' || model.status === 'ended' ? (
        <p class="notice notice-lost">
          {model.statusReason}{' '}
          <button type="button" class="quiet" onClick={() => window.location.reload()}>
            Begin again
          </button>
        </p>
      ) : null}
      {problem === null ? null : (
        <p class="notice notice-problem">
          ✕ {problem.text}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              model.problem = null;
              ui.set({ notice: null });
            }}
          >
            Close
          </button>
        </p>
      )}
      {notice === null ? null : <p class="notice">{notice}</p>}
    </div>
  );
}
