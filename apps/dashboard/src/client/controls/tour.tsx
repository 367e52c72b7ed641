import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../session/app.ts';

/** Five things to know, each beside the thing. */
const STEPS = [
  {
    at: '.headline',
    title: 'What happens, in a sentence',
    text: 'This line says what is going on, and the clock beside it runs from the fault until clients work again.',
  },
  {
    at: '.panel-map',
    title: 'The map',
    text: 'Databases above, the names that clients use in the middle, clients below. A dashed arrow is a client that still believes in an old address.',
  },
  {
    at: '.panel-recovery',
    title: 'Where the time goes',
    text: 'Every part of the outage as it happens. Hatched parts are yours to shorten; plain ones are the provider’s.',
  },
  {
    at: '.transport',
    title: 'Any instant, again and again',
    text: 'Play, stop, drag anywhere. The same seed gives the same run to the last record, so going back is exact.',
  },
  {
    at: '.panel-map',
    title: 'Now break something',
    text: 'Click a node, an AZ, a name or a stream, and choose what should happen to it. Save keeps it as a scenario.',
  },
] as const;

export function Tour() {
  const { ui } = useApp();
  const step = ui.state.tour === null ? undefined : STEPS[ui.state.tour];
  const card = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<DOMRect | null>(null);
  const number = ui.state.tour ?? 0;
  useEffect(() => {
    if (step === undefined) return;
    setBox(document.querySelector(step.at)?.getBoundingClientRect() ?? null);
    card.current?.querySelector<HTMLElement>('.primary')?.focus({ preventScroll: true });
  }, [step]);
  if (step === undefined) return null;
  const last = number === STEPS.length - 1;
  return (
    <div class="tour">
      {box === null ? null : (
        <div
          class="tour-light"
          style={{
            left: `${box.left - 4}px`,
            top: `${box.top - 4}px`,
            width: `${box.width + 8}px`,
            height: `${box.height + 8}px`,
          }}
        />
      )}
      <div class="tour-card" role="dialog" aria-label="A short tour" ref={card} style={placeOf(box)}>
        <p class="tour-count">
          {number + 1} of {STEPS.length}
        </p>
        <h2>{step.title}</h2>
        <p>{step.text}</p>
        <div class="tour-hands">
          <button type="button" class="quiet" onClick={() => ui.set({ tour: null })}>
            Skip
          </button>
          <button type="button" class="primary" onClick={() => ui.set({ tour: last ? null : number + 1 })}>
            {last ? 'Start' : 'Next'}
          </button>
        </div>
      </div>
    </div>
  );
}

/** Beside the thing where there is room, else over its middle; always on the page. */
function placeOf(box: DOMRect | null): { left: string; top: string } {
  const [wide, high] = [window.innerWidth, window.innerHeight];
  if (box === null) return { left: `${wide / 2 - 160}px`, top: `${high / 2 - 90}px` };
  const below = box.bottom + 190 < high;
  const above = box.top > 200;
  const left = Math.min(wide - 336, Math.max(16, box.left + Math.min(box.width / 2 - 160, 60)));
  const top = below ? box.bottom + 14 : above ? box.top - 190 : box.top + Math.min(60, box.height / 3);
  return { left: `${left}px`, top: `${Math.min(high - 190, Math.max(12, top))}px` };
}
