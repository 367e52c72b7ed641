import { type Observable, type Subscription, tap } from 'rxjs';
import type { Agenda } from './agenda.ts';

/**
 * Lets a source that runs on the agenda drive `onValue`, so that errors surface where they happen.
 *
 * A plain `subscribe` would lose them: RxJS catches what a subscriber throws, and a source's error that nobody
 * handles, and rethrows both from a host timer (`reportUnhandledError`), long after the simulation has gone on
 * or ended. Here `tap` turns an exception of `onValue` into an error of the source, which tears the whole
 * chain down; the one error handler hands it to the agenda, and the agenda throws it out of `step` or
 * `runUntil` as soon as the event is over. An error during `drive` itself is thrown by `drive`.
 */
export function drive<T>(source: Observable<T>, agenda: Agenda, onValue: (value: T) => void): Subscription {
  const early: unknown[] = [];
  let report = (error: unknown): void => {
    early.push(error);
  };
  const subscription = source.pipe(tap(onValue)).subscribe({ error: (error: unknown) => report(error) });
  if (early.length > 0) throw early[0];
  report = (error) => agenda.fail(error);
  return subscription;
}
