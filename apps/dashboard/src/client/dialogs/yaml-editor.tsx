import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../session/app.ts';

interface Given {
  readonly initial: string;
  readonly loaded: () => void;
}

/** A scenario as text, with the command line's own messages beside the lines that they are about. */
export function YamlEditor({ initial, loaded }: Given) {
  const { session, model } = useApp();
  const [text, setText] = useState(initial);
  const [asked, setAsked] = useState<number | null>(null);
  const gutter = useRef<HTMLPreElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const problems = model.problem?.where === 'scenario' ? (model.problem.problems ?? []) : [];
  useEffect(() => {
    if (asked !== null && model.run !== asked) loaded();
  }, [asked, model.run, loaded]);
  const wrong = new Set(problems.map(({ line }) => line));
  const goTo = (line: number): void => {
    const start =
      text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length + (line > 1 ? 1 : 0);
    area.current?.focus();
    area.current?.setSelectionRange(start, start + (text.split('\n')[line - 1]?.length ?? 0));
    if (area.current !== null) area.current.scrollTop = Math.max(0, (line - 4) * 19);
  };
  return (
    <div class="editor">
      <div class="editor-text">
        <pre ref={gutter} class="editor-lines" aria-hidden="true">
          {text.split('\n').map((_, index) => (
            <span key={index} class={wrong.has(index + 1) ? 'line-wrong' : ''}>
              {wrong.has(index + 1) ? '✕' : index + 1}
              {'\n'}
            </span>
          ))}
        </pre>
        <textarea
          ref={area}
          value={text}
          spellcheck={false}
          aria-label="Scenario as YAML"
          aria-invalid={problems.length > 0}
          onInput={(event) => setText(event.currentTarget.value)}
          onScroll={(event) => {
            if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
      <div class="editor-foot" aria-live="polite">
        {problems.map((problem, place) => (
          <button key={place} type="button" class="editor-problem" onClick={() => goTo(problem.line)}>
            <b>
              line {problem.line}:{problem.column}
            </b>{' '}
            found {problem.found}; expected {problem.expected}
            <code>{problem.write}</code>
          </button>
        ))}
        {model.problem !== null && problems.length === 0 ? (
          <pre class="editor-problem">{model.problem.text}</pre>
        ) : null}
        <button
          type="button"
          class="primary"
          onClick={() => {
            setAsked(model.run);
            session.send({ type: 'load', yaml: text });
          }}
        >
          Run this scenario
        </button>
      </div>
    </div>
  );
}
