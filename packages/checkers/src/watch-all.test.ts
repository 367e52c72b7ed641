import { describe, expect, it } from 'vitest';
import { invariants, sometimes } from './registry.ts';
import { acknowledged, end, header, op, position } from './testing/hand-made-trace.ts';
import { watchAll } from './watch-all.ts';

describe('all invariants together', () => {
  it('watch only what they speak of', () => {
    const watched = watchAll(header('aurora.cluster')).watched.map(({ name }) => name);
    expect(watched).toContain('acknowledged-on-four-of-six');
    expect(watched).not.toContain('acknowledged-by-a-reader');
    expect(watchAll(header('somebody.elses-kind')).watched.map(({ name }) => name)).toEqual([
      'monotone-time',
      'dns-answers-expire',
    ]);
  });

  it('tell no more than ten breaches of one invariant', () => {
    const watches = watchAll(header('aurora.cluster'));
    const breaches = Array.from({ length: 40 }, (_, index) =>
      watches.add(acknowledged(index + 1, index + 10, index + 1, ['x1'])),
    ).flat();
    const four = breaches.filter(({ invariant }) => invariant === 'acknowledged-on-four-of-six');
    expect(four).toHaveLength(10);
  });

  it('are shown the records of the types that they hear', () => {
    const watches = watchAll(header('rds.multi-az-instance'));
    watches.add(position('b', 5, 5, 'follows'));
    expect(watches.add(position('b', 6, 4, 'follows')).map(({ invariant }) => invariant)).toEqual([
      'positions-never-move-back',
    ]);
    expect(watches.add(end(4)).map(({ invariant }) => invariant)).toContain('monotone-time');
  });

  it('have names that differ', () => {
    const names = [...invariants, ...sometimes].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('what has to be seen sometimes', () => {
  const conflict = {
    type: 'conflict',
    atUs: 9,
    database: 'orders',
    key: 1,
    winnerOp: 1,
    winnerNode: 'a',
    loserOp: 2,
    loserNode: 'b',
  } as const;
  it.each([
    ['lost-update', header('dynamodb.global-table', { mode: 'mrec' }), conflict],
    ['stale-read', header('rds.read-replica'), op(1, 9, 1, { action: 'read', value: 0, staleUs: 5 })],
    ['indeterminate-write', header('aurora.cluster'), op(1, 9, 1, { outcome: 'indeterminate', error: 'no-answer' })],
    ['read-only-error', header('aurora.cluster'), op(1, 9, 1, { outcome: 'fail', error: 'read-only' })],
  ] as const)('%s is seen when it happens, and not before', (name, head, shows) => {
    const one = sometimes.find((each) => each.name === name);
    expect(one?.applies(head)).toBe(true);
    const sighting = one?.look(head);
    sighting?.add(op(7, 8, 7));
    expect(sighting?.seen).toBeNull();
    sighting?.add(shows);
    expect(sighting?.seen).toBe(shows);
  });
});
