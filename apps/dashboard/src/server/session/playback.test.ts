import { describe, expect, it } from 'vitest';
import { Playback } from './playback.ts';

describe('playback', () => {
  it('loses nothing to rounding, however short the steps', () => {
    const playback = new Playback();
    playback.playing = true;
    playback.speed = 0.1;
    for (let step = 0; step < 3_000; step++) playback.pass(0.0033, 1e9);
    // 3 000 steps of a third of a microsecond each.
    expect(Math.abs(playback.positionUs - 990)).toBeLessThanOrEqual(1);
  });

  it('stops at its limit and says what it left out, but never goes back', () => {
    const playback = new Playback();
    playback.playing = true;
    expect(playback.pass(10, 4_000)).toBe(6_000);
    expect(playback.positionUs).toBe(4_000);
    expect(playback.pass(1, 3_000)).toBe(1_000);
    expect(playback.positionUs).toBe(4_000);
  });

  it('does not move while paused', () => {
    const playback = new Playback();
    playback.goTo(7);
    expect([playback.pass(1_000, 1e9), playback.positionUs]).toEqual([0, 7]);
  });
});
