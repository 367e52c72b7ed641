import { useState } from 'preact/hooks';
import { downloadPng, downloadSvg, type Picture } from '../export/picture.ts';
import { type PicturedView, picturedViews, picturesOf } from '../export/view-pictures.ts';
import { useApp } from '../session/app.ts';
import { Dialog } from './dialog.tsx';

const RUN_EXPORTS = [
  { what: 'scenario', name: 'Scenario (YAML)', hint: 'with everything that was broken by hand, at its instant' },
  { what: 'trace', name: 'Trace (NDJSON)', hint: 'every record of the run' },
  { what: 'metrics', name: 'Measures (JSON)', hint: 'as faultline run --json prints them' },
  { what: 'report', name: 'Report (HTML)', hint: 'one file that can be sent to somebody' },
] as const;

/** The run as files, and pictures of its views. */
export function ExportDialog() {
  const { ui, session, model } = useApp();
  const [asked, setAsked] = useState(false);
  const [empty, setEmpty] = useState<PicturedView | null>(null);
  const take = async (view: PicturedView, download: (picture: Picture, name: string) => void): Promise<void> => {
    const pictures = await picturesOf(view, ui);
    setEmpty(pictures.length === 0 ? view : null);
    for (const [place, picture] of pictures.entries())
      download(picture, `faultline-${view}${pictures.length > 1 ? `-${place + 1}` : ''}`);
  };
  return (
    <Dialog title="Export" close={() => ui.set({ dialog: null })}>
      <h3>This run</h3>
      <div class="exports">
        {RUN_EXPORTS.map(({ what, name, hint }) => (
          <button
            key={what}
            type="button"
            class="scenario"
            onClick={() => {
              model.exported = null;
              setAsked(true);
              session.send({ type: 'export', what });
            }}
          >
            <b>{name}</b>
            <span>{hint}</span>
          </button>
        ))}
      </div>
      {asked && model.exported === null ? (
        <p class="note" role="status">
          It is ready as soon as the run is simulated to its end…
        </p>
      ) : null}
      {model.exported === null ? null : (
        <p class="export-ready" role="status">
          <a href={model.exported.url} download={model.exported.filename}>
            ↓ {model.exported.filename}
          </a>
        </p>
      )}
      <h3>Pictures</h3>
      <div class="exports">
        {picturedViews(model.lanes.length > 1).map((view) => (
          <p key={view} class="export-picture">
            <span>{view}</span>
            {empty === view ? <span class="note">It shows nothing yet.</span> : null}
            <button type="button" class="quiet" onClick={() => take(view, downloadSvg)}>
              SVG
            </button>
            <button type="button" class="quiet" onClick={() => take(view, downloadPng)}>
              PNG
            </button>
          </p>
        ))}
      </div>
    </Dialog>
  );
}
