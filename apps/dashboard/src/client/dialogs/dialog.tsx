import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { CloseMark } from '../controls/marks.tsx';
import { useApp } from '../session/app.ts';

interface Given {
  readonly title: string;
  readonly close: () => void;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

/** A dialog of the browser's own: it keeps the focus inside, and gives it back when it closes. */
export function Dialog({ title, close, wide = false, children }: Given) {
  const { ui } = useApp();
  const element = useRef<HTMLDialogElement>(null);
  const opened = useRef(ui.state.dialog);
  useEffect(() => {
    element.current?.showModal();
  }, []);
  return (
    <dialog
      ref={element}
      class={wide ? 'dialog dialog-wide' : 'dialog'}
      aria-label={title}
      // The browser tells a moment later: by then a key may have opened another one.
      onClose={() => ui.state.dialog === opened.current && close()}
      onKeyDown={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.target === event.currentTarget && element.current?.close()}
    >
      <header>
        <h2>{title}</h2>
        <button type="button" class="tool" aria-label="Close" onClick={() => element.current?.close()}>
          <CloseMark />
        </button>
      </header>
      <div class="dialog-body">{children}</div>
    </dialog>
  );
}
