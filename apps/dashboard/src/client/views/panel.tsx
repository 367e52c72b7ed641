import type { ComponentChildren } from 'preact';
import { CloseMark, WholeMark } from '../controls/marks.tsx';
import { useApp } from '../session/app.ts';
import type { Panel as PanelName } from '../session/ui.ts';

interface Given {
  readonly name: PanelName;
  readonly title: string;
  /** One sentence: what to look at. */
  readonly caption: string;
  readonly head?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A view with its name, a sentence on what to look at, and a way to give it the whole page. */
export function Panel({ name, title, caption, head, children }: Given) {
  const { ui } = useApp();
  const whole = ui.state.whole === name;
  return (
    <section
      class={`panel panel-${name}${ui.state.panel === name ? ' panel-front' : ''}${whole ? ' panel-whole' : ''}`}
      aria-label={title}
    >
      <header class="panel-head">
        <div class="panel-words">
          {head ?? <h2>{title}</h2>}
          <p class="caption" title={caption}>
            {caption}
          </p>
        </div>
        <button
          type="button"
          class="tool"
          aria-label={whole ? `Leave the whole page to others: ${title}` : `Whole page: ${title}`}
          title={whole ? 'Back (f)' : 'Whole page (f)'}
          onClick={() => ui.set({ whole: whole ? null : name, panel: name })}
        >
          {whole ? <CloseMark /> : <WholeMark />}
        </button>
      </header>
      <div class="panel-body">{children}</div>
    </section>
  );
}
