import type { Operation } from './operations.ts';

/** Where to find an operation in its file. */
export function placeText({ line, outcome, completedOnLine }: Operation): string {
  if (outcome === 'indeterminate') return `line ${line}, outcome unknown`;
  return completedOnLine === undefined || completedOnLine === line
    ? `line ${line}`
    : `lines ${line} to ${completedOnLine}`;
}
