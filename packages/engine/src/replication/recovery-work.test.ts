import { Agenda } from '@faultline/clock';
import type { Quantity, RecoveryLayout } from '@faultline/models';
import { describe, expect, it } from 'vitest';
import { RecoveryWork } from './recovery-work.ts';

const number = (value: number): Quantity => ({
  value,
  unit: '',
  meaning: '',
  grade: 'assumed',
  source: 'this test',
  date: '2026-11',
});

/** A checkpoint every 100 s, the last one at the start; a megabyte of log a second, redone at ten. */
const LAYOUT: RecoveryLayout = {
  checkpointInterval: number(100),
  redoRate: number(10_000_000),
  bytesPerWrite: number(0),
  backgroundLog: number(1_000_000),
};

function redoAfter(seconds: number, layout: RecoveryLayout, extraBytes = 0): number {
  const agenda = new Agenda();
  const work = new RecoveryWork(layout, agenda, () => 0);
  work.add(extraBytes);
  agenda.runUntil(seconds * 1_000_000);
  return work.redoUs() / 1_000_000;
}

describe('crash recovery', () => {
  it('redoes the log since the last checkpoint', () => {
    expect(redoAfter(50, LAYOUT)).toBe(5);
    expect(redoAfter(99, LAYOUT)).toBeCloseTo(9.9);
    expect(redoAfter(101, LAYOUT)).toBeCloseTo(0.1);
  });

  it('has to work through an open transaction as well', () => {
    expect(redoAfter(50, LAYOUT, 20_000_000)).toBe(7);
  });

  it('ends with a checkpoint where that is waited for', () => {
    expect(redoAfter(50, { ...LAYOUT, endCheckpointRate: number(100_000_000) })).toBe(5.5);
  });
});
