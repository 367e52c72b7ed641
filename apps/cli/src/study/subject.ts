import { createHash } from 'node:crypto';
import type { Study } from '@faultline/scenario';

/** What a study asks for beside its grid, and how much of it: both may only grow when a result is extended. */
export interface Beside {
  readonly rare: { readonly what: string; readonly trials: number } | null;
  readonly availability: { readonly what: string; readonly trials: number; readonly years: number } | null;
}

/** Digest of what is simulated: the same for two texts of one meaning. */
export function subjectOf({ cells }: Study): string {
  return digestOf(cells.map(({ label, scenario }) => ({ label, scenario })));
}

export function besideOf({ rare, availability }: Study): Beside {
  return { rare: rare && split(rare), availability: availability && yearsOf(availability) };
}

function split({ trials, ...what }: NonNullable<Study['rare']>): Beside['rare'] {
  return { what: digestOf(what), trials };
}

function yearsOf({ trials, years, ...what }: NonNullable<Study['availability']>): Beside['availability'] {
  return { what: digestOf(what), trials, years };
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
