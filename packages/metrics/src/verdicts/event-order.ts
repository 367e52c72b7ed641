import { inWords, type Verdict } from './verdict.ts';

/** Judges whether service events appeared in the given order; others may come between them. */
export function judgeEventOrder(published: readonly string[], expected: readonly string[]): Verdict {
  let next = 0;
  for (const id of published) if (id === expected[next]) next++;
  const held = next === expected.length;
  const seen = expected.slice(0, next);
  const found = held ? 'in this order' : `${seen.length === 0 ? '' : `${seen.join(', ')}, then `}no ${expected[next]}`;
  return inWords('event-order', 'events', held, found, expected.join(', '));
}
