import { describe, expect, it } from 'vitest';
import { MessageBudget } from './message-budget.ts';

describe('the budget of a page', () => {
  it('allows so many at once, and then so many a second', () => {
    const budget = new MessageBudget(60, 120, 0);
    const taken = (nowMs: number) => Array.from({ length: 200 }, () => budget.takeOne(nowMs)).filter(Boolean).length;
    expect([taken(0), taken(1_000), taken(1_500), taken(100_000)]).toEqual([120, 60, 30, 120]);
  });

  it('counts what makes the server simulate anew tenfold', () => {
    const budget = new MessageBudget(60, 120, 0);
    const changes = Array.from({ length: 50 }, () => budget.takeOne(0) && budget.takeFor('inject', 80, 0));
    expect(changes.filter(Boolean)).toHaveLength(12);
    expect(budget.takeFor('pause', 16, 0)).toBe(true);
  });

  it('counts long scenarios by their length', () => {
    const budget = new MessageBudget(60, 120, 0);
    const loads = Array.from({ length: 50 }, () => budget.takeOne(0) && budget.takeFor('load', 80_000, 0));
    expect(loads.filter(Boolean)).toHaveLength(2);
  });
});
