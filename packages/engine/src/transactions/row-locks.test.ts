import { describe, expect, it } from 'vitest';
import { RowLocks } from './row-locks.ts';

describe('rows that transactions hold', () => {
  it('are given to those who wait in the order in which they came', () => {
    const locks = new RowLocks();
    const [first, second, third] = [{}, {}, {}];
    const granted: string[] = [];
    expect(locks.acquire(1, first, () => granted.push('first'))).toBe(true);
    expect(locks.acquire(1, second, () => granted.push('second'))).toBe(false);
    expect(locks.acquire(1, third, () => granted.push('third'))).toBe(false);
    locks.release(first);
    expect(granted).toEqual(['second']);
    locks.release(second);
    expect(granted).toEqual(['second', 'third']);
  });

  it('are their own for whoever holds them, and free again afterwards', () => {
    const locks = new RowLocks();
    const [owner, other] = [{}, {}];
    const never = () => expect.unreachable();
    expect(locks.acquire(1, owner, never)).toBe(true);
    expect(locks.acquire(1, owner, never)).toBe(true);
    expect(locks.acquire(2, other, never)).toBe(true);
    locks.release(owner);
    expect(locks.acquire(1, other, never)).toBe(true);
  });

  it('pass over one who has given up waiting', () => {
    const locks = new RowLocks();
    const [holder, impatient, patient] = [{}, {}, {}];
    const granted: string[] = [];
    locks.acquire(1, holder, () => {});
    locks.acquire(1, impatient, () => granted.push('impatient'));
    locks.acquire(1, patient, () => granted.push('patient'));
    locks.release(impatient);
    locks.release(holder);
    expect(granted).toEqual(['patient']);
  });

  it('may be given back while others are given theirs', () => {
    const locks = new RowLocks();
    const [holder, fails, works] = [{}, {}, {}];
    const granted: string[] = [];
    locks.acquire(1, holder, () => {});
    // It finds that it cannot go on as soon as it has the row.
    locks.acquire(1, fails, () => locks.release(fails));
    locks.acquire(1, works, () => granted.push('works'));
    locks.release(holder);
    expect(granted).toEqual(['works']);
  });
});
