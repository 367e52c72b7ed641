import { useApp } from '../session/app.ts';
import { Dialog } from './dialog.tsx';

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['Space', 'play or pause'],
  ['.', 'step to the next event'],
  ['← →', 'a second back or on (Shift: ten)'],
  ['Home End', 'beginning and end of the run'],
  ['+ −', 'faster, slower'],
  ['r', 'restart with the same seed'],
  ['Tab, Enter', 'move over the map; open what can be broken there'],
  ['1 … 5', 'map, recovery, charts, states, events'],
  ['f', 'give the view the whole page, and back'],
  ['o', 'choose a scenario'],
  ['g', 'race deployments'],
  ['s', 'save this run as a scenario'],
  ['e', 'export'],
  ['t', 'dark, light, or as the system'],
  ['Esc', 'close, or show the whole run again'],
  ['?', 'this page'],
];

export function HelpDialog() {
  const { ui } = useApp();
  return (
    <Dialog title="Keys and signs" close={() => ui.set({ dialog: null })}>
      <dl class="keys">
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key.replace(',', '')}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p class="signs">
        <b>◆</b> takes writes · <b>◐</b> waits to take over · <b>○</b> serves reads · <b>✕</b> down or cut · hatched:
        the customer acts, plain: the provider acts
      </p>
      <button type="button" class="quiet" onClick={() => ui.set({ dialog: null, tour: 0 })}>
        Show me around again
      </button>
    </Dialog>
  );
}
