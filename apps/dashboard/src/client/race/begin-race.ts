import type { ClientMessage, ClientMessageOf } from '../../protocol/client-messages.ts';

/** Outages are long when one looks on: a race begins at this speed. */
const RACE_SPEED = 10;

/** What starts a race. */
export function beginRace(race: Omit<ClientMessageOf<'race'>, 'type'>): readonly ClientMessage[] {
  return [
    { type: 'race', ...race },
    { type: 'play', speed: RACE_SPEED },
  ];
}
