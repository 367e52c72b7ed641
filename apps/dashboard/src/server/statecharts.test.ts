import { kinds } from '@faultline/models';
import { describe, expect, it } from 'vitest';
import { statechart } from '../protocol/statechart.ts';
import { statechartOf } from './statecharts.ts';

describe.each([...kinds.values()])('the statechart of $id', (kind) => {
  const chart = statechartOf(kind);
  const ids = new Set(chart.states.map(({ id }) => id));

  it('keeps to the protocol', () => {
    expect(statechart.parse(chart)).toEqual(chart);
  });

  it('leads from known states to known states, and every state has a place', () => {
    expect(chart.transitions.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
    expect(chart.states.filter(({ parent }) => parent !== null && !ids.has(parent))).toEqual([]);
    expect(chart.states.filter(({ initial }) => initial !== null && !ids.has(initial))).toEqual([]);
    expect(ids.size).toBe(chart.states.length);
  });

  it('draws durations and facts of the machine', () => {
    const delays = chart.transitions.filter(({ kind: way }) => way === 'after');
    expect(delays.every(({ label }) => /^after \w+$/.test(label))).toBe(true);
    expect(chart.transitions.some(({ kind: way, label }) => way === 'fact' && /^[A-Z_*]+$/.test(label))).toBe(true);
  });
});
