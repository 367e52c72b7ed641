import { useState } from 'preact/hooks';
import { downloadPng, downloadSvg } from '../export/picture.ts';
import { useApp } from '../session/app.ts';
import { PANELS, type Panel } from '../session/ui.ts';
import { Dialog } from './dialog.tsx';

const RUN_EXPORTS = [
  { what: 'scenario', name: 'Scenario (YAML)', hint: 'with everything that was broken by hand, at its instant' },
  { what: 'trace', name: 'Trace (NDJSON)', hint: 'every record of the run' },
  { what: 'metrics', name: 'Measures (JSON)', hint: 'as faultline run --json prints them' },
  { what: 'report', name: 'Report (HTML)', hint: 'one file that can be sent to somebody' },
] as const;

/** The run as files, and pictures of the views that are on the page. */
export function ExportDialog() {
  const { ui, session, model } = useApp();
  const [asked, setAsked] = useState(false);
  const views = PANELS.filter((panel) => picturesOf(panel).length > 0);
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
        {views.map((panel) => (
          <p key={panel} class="export-picture">
            <span>{panel}</span>
            <button type="button" class="quiet" onClick={() => downloadAll(downloadSvg, panel)}>
              SVG
            </button>
            <button type="button" class="quiet" onClick={() => downloadAll(downloadPng, panel)}>
              PNG
            </button>
          </p>
        ))}
      </div>
    </Dialog>
  );
}

function picturesOf(panel: Panel): readonly SVGSVGElement[] {
  return [...document.querySelectorAll<SVGSVGElement>(`svg[data-export="${panel}"]`)];
}

function downloadAll(download: (svg: SVGSVGElement, name: string) => void, panel: Panel): void {
  for (const svg of picturesOf(panel)) download(svg, `faultline-${panel}`);
}
