import type { ServerMessageOf } from '../../protocol/server-messages.ts';
import type { Outlet } from './outlet.ts';

type State = Omit<ServerMessageOf<'state'>, 'type' | 'atUs'>;

/** Tells a page how its session plays, whenever that is not what it was told before. */
export class StateReport {
  #told = '';

  /** There is a new page, which knows nothing. */
  forget(): void {
    this.#told = '';
  }

  tell(outlet: Outlet, state: State, atUs: number): void {
    const told = JSON.stringify(state);
    if (told === this.#told) return;
    this.#told = told;
    outlet.send({ type: 'state', ...state, atUs });
  }
}
