import type { Agenda, Due } from '@faultline/clock';
import { ArrivalList, Listed } from '../../arrival-list.ts';
import type { StraightOperation } from './straight-operation.ts';
import { Underway } from './underway.ts';

/** Operations of a cohort that wait before their next attempt. */
export class Retries {
  readonly #agenda: Agenda;
  readonly #operation: StraightOperation;
  readonly #attempt: () => void;
  readonly #waiting = new ArrivalList<Retry>();
  readonly #spare: Retry[] = [];

  /** @param attempt Begins another attempt of the operation under way. */
  constructor(agenda: Agenda, operation: StraightOperation, attempt: () => void) {
    this.#agenda = agenda;
    this.#operation = operation;
    this.#attempt = attempt;
  }

  /** The operation under way tries again after a while. */
  wait(forUs: number): void {
    const retry = this.#spare.pop() ?? new Retry((due) => this.#due(due));
    retry.operation = this.#operation.exchange(retry.operation);
    this.#waiting.add(retry);
    this.#agenda.schedule(forUs, retry);
  }

  /** Those that wait, when the run ends. */
  *all(): Generator<Underway, void, void> {
    for (const { operation } of this.#waiting) yield operation;
  }

  #due(retry: Retry): void {
    this.#waiting.delete(retry);
    retry.operation = this.#operation.exchange(retry.operation);
    this.#spare.push(retry);
    this.#attempt();
  }
}

class Retry extends Listed implements Due {
  operation = new Underway();
  readonly #due: (retry: Retry) => void;

  constructor(due: (retry: Retry) => void) {
    super();
    this.#due = due;
  }

  due(): void {
    this.#due(this);
  }
}
