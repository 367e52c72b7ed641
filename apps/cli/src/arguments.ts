import { type DeploymentKind, kinds } from '@faultline/models';
import { nearest } from '@faultline/scenario';
import { CommandError, EXIT } from './exit-codes.ts';

/** A value of an option that has to be one of the names in `known`. */
export function oneOf<Value>(option: string, text: string, known: ReadonlyMap<string, Value>): Value {
  const value = known.get(text);
  if (value !== undefined) return value;
  const names = [...known.keys()];
  const near = nearest(text, names);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  throw new CommandError(
    `${option}: found ${JSON.stringify(text)}, expected one of ${names.join(', ')}${hint}`,
    EXIT.usage,
  );
}

export function kindsNamed(text: string): readonly DeploymentKind[] {
  const ids = text.split(',').map((id) => id.trim());
  return [...new Set(ids)].map((id) => oneOf('--kinds', id, kinds));
}

export function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new CommandError(
    `${option}: found ${JSON.stringify(text)}, expected a whole number from ${least} to ${most}, for example ${option} 1000`,
    EXIT.usage,
  );
}
