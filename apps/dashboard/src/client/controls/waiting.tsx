import { duration } from '@faultline/report';
import { useApp } from '../session/app.ts';

const SECOND_US = 1_000_000;

/** What a seek in a race waits for, and how far it is; it shows only when that takes longer than a moment. */
export function Waiting() {
  const { model } = useApp();
  if (!model.waiting || model.lanes.length === 0) return null;
  const { wantedUs } = model;
  const simulatedUs = Math.min(...model.lanes.map(({ simulatedToUs }) => simulatedToUs));
  const reached = duration(Math.floor(simulatedUs / SECOND_US) * SECOND_US);
  return (
    <p class="waiting" role="status">
      {wantedUs === null
        ? `Simulating: ${reached} so far`
        : `Simulating up to ${duration(Math.round(wantedUs / SECOND_US) * SECOND_US)}: ${reached} so far`}
      {wantedUs === null ? null : (
        <progress max={Math.max(1, wantedUs)} value={Math.min(simulatedUs, wantedUs)} aria-hidden="true" />
      )}
    </p>
  );
}
