import { type DeploymentKind, kinds } from '@faultline/models';
import { nearest } from '@faultline/scenario';
import { CommandError, EXIT } from './exit-codes.ts';

/** A value of an option that has to be one of the names in `known`; a message lists those in `main`. */
export function oneOf<Value>(
  option: string,
  text: string,
  known: ReadonlyMap<string, Value>,
  main: Iterable<string> = known.keys(),
): Value {
  const value = known.get(text);
  if (value !== undefined) return value;
  const near = nearest(text, known.keys());
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  throw new CommandError(
    `${option}: found ${JSON.stringify(text)}, expected one of ${[...main].join(', ')}${hint}`,
    EXIT.usage,
  );
}

export function kindsNamed(text: string): readonly DeploymentKind[] {
  const ids = text.split(',').map((id) => id.trim());
  return [...new Set(ids)].map((id) => oneOf('--kinds', id, kinds));
}

export function wholeNumber(option: string, text: string, least: number, most: number, example = 1_000): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new CommandError(
    `${option}: found ${JSON.stringify(text)}, expected a whole number from ${least} to ${most}, for example ${option} ${example}`,
    EXIT.usage,
  );
}
