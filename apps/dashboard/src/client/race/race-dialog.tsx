import { useState } from 'preact/hooks';
import { LANES_MAX, LANES_MIN, TRIALS_MAX } from '../../protocol/limits.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import { useApp } from '../session/app.ts';
import { readableName } from '../views/readable-name.ts';
import { beginRace } from './begin-race.ts';

const TRIALS = [0, 20, 50, 200, 500].filter((trials) => trials <= TRIALS_MAX);
const FIRST_KINDS = 4;

/** Which deployments race, and what happens to them. */
export function RaceDialog() {
  const { ui, model, session } = useApp();
  const kinds = model.catalogue?.kinds ?? [];
  const faults = model.catalogue?.raceFaults ?? [];
  const [chosen, setChosen] = useState<readonly string[]>(kinds.slice(0, FIRST_KINDS).map(({ id }) => id));
  const [fault, setFault] = useState(faults[0]?.id ?? '');
  const [trials, setTrials] = useState(50);
  const toggle = (id: string): void =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const fits = chosen.length >= LANES_MIN && chosen.length <= LANES_MAX;
  const start = (): void => {
    const ids = kinds.map(({ id }) => id).filter((id) => chosen.includes(id));
    for (const message of beginRace({ kinds: ids, fault, trials })) session.send(message);
    ui.set({ dialog: null, span: null, whole: null });
  };
  return (
    <Dialog title="Race deployments" close={() => ui.set({ dialog: null })} wide>
      <p>The same fault, the same clients, the same chance: who is back first, and is it always so?</p>
      <fieldset class="race-faults">
        <legend>What happens</legend>
        {faults.map(({ id, summary }) => (
          <label key={id} class="choice">
            <input type="radio" name="fault" checked={fault === id} onChange={() => setFault(id)} />
            <span>
              <b>{readableName(id)}</b> {summary}
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset class="race-kinds">
        <legend>
          Who races ({LANES_MIN} to {LANES_MAX})
        </legend>
        {kinds.map(({ id, title, summary }) => (
          <label key={id} class="choice">
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
            <span>
              <b>{title}</b> {summary}
            </span>
          </label>
        ))}
      </fieldset>
      <label class="race-trials">
        Then the distribution over{' '}
        <select value={String(trials)} onChange={(event) => setTrials(Number(event.currentTarget.value))}>
          {TRIALS.map((number) => (
            <option key={number} value={String(number)}>
              {number === 0 ? 'no trials' : `${number} trials each`}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="primary" disabled={!fits || fault === ''} onClick={start}>
        {fits ? 'Start the race' : `Choose ${LANES_MIN} to ${LANES_MAX}`}
      </button>
    </Dialog>
  );
}
