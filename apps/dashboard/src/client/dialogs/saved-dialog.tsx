import { saveText } from '../export/save-file.ts';
import { useApp } from '../session/app.ts';
import { Dialog } from './dialog.tsx';

/** The run as a scenario, with the digest that it replays to. */
export function SavedDialog() {
  const { ui, model } = useApp();
  const { saved } = model;
  return (
    <Dialog title="Save this run" close={() => ui.set({ dialog: null })} wide>
      {saved === null ? (
        <p class="empty">The run is being simulated to its end, to know its digest…</p>
      ) : (
        <>
          <p>
            Everything that you broke is part of the scenario. It replays to the same trace, record for record: digest{' '}
            <code data-testid="digest">{saved.digest.slice(0, 16)}</code>
          </p>
          <pre class="yaml" tabindex={0}>
            {saved.yaml}
          </pre>
          <p>
            <code>{saved.command}</code>
          </p>
          <button
            type="button"
            class="primary"
            onClick={() => saveText(saved.yaml, saved.filename, 'application/yaml')}
          >
            Download {saved.filename}
          </button>
        </>
      )}
    </Dialog>
  );
}
