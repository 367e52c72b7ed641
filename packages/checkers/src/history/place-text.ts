import type { Operation } from './operations.ts';

/** Where to find an operation in its file. */
export function placeText({ line, outcome, completion }: Operation): string {
  if (outcome === 'indeterminate') return `line ${line}, outcome unknown`;
  const returned = (completion as { readonly line?: number } | undefined)?.line;
  return returned === undefined || returned === line ? `line ${line}` : `lines ${line} to ${returned}`;
}
