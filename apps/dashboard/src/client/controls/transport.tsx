import { duration } from '@faultline/report';
import { useApp } from '../session/app.ts';
import { PauseMark, PlayMark, RestartMark, StepMark } from './marks.tsx';
import { SPEEDS } from './speeds.ts';
import { Timeline } from './timeline.tsx';

/** Play, pause, step, speed, restart, and the run from end to end. */
export function Transport() {
  const { session, model } = useApp();
  const disabled = model.lanes.length === 0;
  return (
    <section class="transport" aria-label="Playing the run">
      <button
        type="button"
        class="play"
        disabled={disabled}
        aria-label={model.playing ? 'Pause' : 'Play'}
        title={`${model.playing ? 'Pause' : 'Play'} (space)`}
        onClick={() => session.send(model.playing ? { type: 'pause' } : { type: 'play' })}
      >
        {model.playing ? <PauseMark /> : <PlayMark />}
      </button>
      <button
        type="button"
        class="tool"
        disabled={disabled}
        aria-label="Step to the next event"
        title="Next event (.)"
        onClick={() => session.send({ type: 'step' })}
      >
        <StepMark />
      </button>
      <Instant />
      <Timeline />
      <label class="speed">
        <span class="hidden">Speed</span>
        <select
          value={String(model.speed)}
          disabled={disabled}
          title="Speed (+ and −)"
          onChange={(event) => session.send({ type: 'speed', speed: Number(event.currentTarget.value) })}
        >
          {speedsWith(model.speed).map((speed) => (
            <option key={speed} value={String(speed)}>
              {speed}×
            </option>
          ))}
        </select>
      </label>
      <Seed />
    </section>
  );
}

function speedsWith(speed: number): readonly number[] {
  return SPEEDS.includes(speed) ? SPEEDS : [...SPEEDS, speed].sort((a, b) => a - b);
}

function Instant() {
  const { session, model } = useApp('frame');
  const nowUs = Math.floor(session.nowUs(performance.now()) / 1_000_000) * 1_000_000;
  return (
    <span class="instant">
      <output data-testid="now">{duration(nowUs)}</output>
      <span class="instant-of"> / {duration(model.horizonUs)}</span>
    </span>
  );
}

function Seed() {
  const { session, model } = useApp();
  const seed = model.lanes[0]?.header.seed ?? '';
  return (
    <form
      class="seed"
      onSubmit={(event) => {
        event.preventDefault();
        const given = String(new FormData(event.currentTarget).get('seed') ?? '').trim();
        session.send(given === '' ? { type: 'restart' } : { type: 'restart', seed: given });
        session.send({ type: 'play' });
      }}
    >
      <label title="The same seed gives the same run, to the last record">
        seed{' '}
        <input
          name="seed"
          key={`${model.run}/${seed}`}
          defaultValue={seed}
          size={5}
          maxLength={64}
          autocomplete="off"
          aria-label="Seed"
        />
      </label>
      <button type="submit" class="tool" aria-label="Restart with this seed" title="Restart with this seed (r)">
        <RestartMark />
      </button>
    </form>
  );
}
