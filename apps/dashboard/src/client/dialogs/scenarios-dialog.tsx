import { useState } from 'preact/hooks';
import { useApp } from '../session/app.ts';
import { viewedLane } from '../session/viewed.ts';
import { readableName } from '../views/readable-name.ts';
import { Dialog } from './dialog.tsx';
import { YamlEditor } from './yaml-editor.tsx';

/** A scenario from the list, or one's own. */
export function ScenariosDialog() {
  const { ui, model, session } = useApp();
  const [sought, setSought] = useState('');
  const [pasting, setPasting] = useState(ui.state.dialog === 'yaml');
  const close = () => ui.set({ dialog: null });
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const found = (model.catalogue?.scenarios ?? []).filter(({ name, summary }) =>
    words.every((word) => `${name} ${summary}`.toLowerCase().includes(word)),
  );
  const families = [...new Set(found.map(({ family }) => family))];
  return (
    <Dialog title="Choose a scenario" close={close} wide>
      <div class="tabs" role="tablist">
        <button type="button" role="tab" aria-selected={!pasting} onClick={() => setPasting(false)}>
          From the list
        </button>
        <button type="button" role="tab" aria-selected={pasting} onClick={() => setPasting(true)}>
          As YAML
        </button>
      </div>
      {pasting ? (
        <YamlEditor initial={viewedLane(model)?.yaml ?? ''} loaded={close} />
      ) : (
        <>
          <input
            class="seek"
            type="search"
            autofocus
            placeholder="Search: failover, outage, standby…"
            aria-label="Search scenarios"
            value={sought}
            onInput={(event) => setSought(event.currentTarget.value)}
          />
          <div class="scenarios">
            {families.map((family) => (
              <section key={family}>
                <h3>{readableName(family)}</h3>
                {found
                  .filter((scenario) => scenario.family === family)
                  .map(({ name, summary }) => (
                    <button
                      key={name}
                      type="button"
                      class="scenario"
                      onClick={() => {
                        session.send({ type: 'load', name });
                        ui.set({ dialog: null, span: null, database: null, whole: null });
                      }}
                    >
                      <b>{readableName(name.slice(family.length + 1))}</b>
                      <span>{summary}</span>
                    </button>
                  ))}
              </section>
            ))}
            {found.length === 0 ? <p class="empty">Nothing is called that.</p> : null}
          </div>
        </>
      )}
    </Dialog>
  );
}
