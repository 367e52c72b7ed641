import { describe, expect, it } from 'vitest';
import { DurationError, parseDuration, parseRate } from './durations.ts';

describe('parseDuration', () => {
  it.each([
    ['250us', 250],
    ['250µs', 250],
    ['250μs', 250],
    ['20ms', 20_000],
    ['0.1ms', 100],
    ['12s', 12_000_000],
    ['1.5s', 1_500_000],
    ['1.100001s', 1_100_001],
    ['4.35s', 4_350_000],
    ['1.50s', 1_500_000],
    ['5m', 300_000_000],
    ['2h', 7_200_000_000],
    ['0.5h', 1_800_000_000],
    ['1d', 86_400_000_000],
    ['1h30m', 5_400_000_000],
    ['1d2h3m4s5ms6us', 93_784_005_006],
    ['1m0.25s', 60_250_000],
    ['0s', 0],
    ['9007199254740991us', Number.MAX_SAFE_INTEGER],
  ])('reads %s as %d µs', (text, us) => {
    expect(parseDuration(text)).toBe(us);
  });

  it.each([
    ['', 'found "", expected a duration; write for example 250us, 20ms, 1.5s, 5m, 2h, 1d or 1h30m'],
    ['  ', 'expected a duration'],
    ['12', 'found "12", expected a number with its unit; write for example 12s or 12ms'],
    ['1.5', 'write for example 1.5s or 1.5ms'],
    ['-5s', 'expected a duration without a sign'],
    ['+5s', 'expected a duration without a sign'],
    ['5 s', 'expected numbers, each followed by its unit'],
    [' 5s', 'expected numbers, each followed by its unit'],
    ['5s!', 'expected numbers, each followed by its unit'],
    ['s', 'expected numbers, each followed by its unit'],
    ['NaN', 'expected numbers, each followed by its unit'],
    ['.5s', 'expected numbers, each followed by its unit'],
    ['1e3s', 'expected a unit of d, h, m, s, ms or us and not "e"'],
    ['5sec', 'expected a unit of d, h, m, s, ms or us and not "sec"'],
    ['5M', 'expected a unit of d, h, m, s, ms or us and not "M"'],
    ['5constructor', 'not "constructor"'],
    ['30m1h', 'expected each unit once, from the largest to the smallest'],
    ['1s1s', 'expected each unit once, from the largest to the smallest'],
    ['1.5h30m', 'expected decimals in the last part only'],
    ['0.5us', 'expected whole microseconds, the grain of the clock'],
    ['0.0000001s', 'expected whole microseconds, the grain of the clock'],
    ['9007199254740992us', 'expected at most 9007199254740991 microseconds'],
    ['999999999999d', 'expected at most 9007199254740991 microseconds'],
    [`${'9'.repeat(80)}s`, 'expected a duration of at most 60 characters'],
  ])('refuses %j', (text, message) => {
    expect(() => parseDuration(text)).toThrow(message);
    expect(() => parseDuration(text)).toThrow(DurationError);
  });
});

describe('parseRate', () => {
  it.each([
    ['200/s', 200],
    ['0.5/s', 0.5],
    ['6/m', 0.1],
    ['7200/h', 2],
  ])('reads %s as %d per second', (text, perSecond) => {
    expect(parseRate(text)).toBe(perSecond);
  });

  it.each([
    ['200', 'found "200", expected a number, "/" and a unit of time; write for example 200/s, 5/m or 10/h'],
    ['', 'expected a number'],
    ['-1/s', 'expected a number'],
    ['200/ms', 'expected a rate per s, m or h and not per "ms"'],
    ['200/year', 'expected a rate per s, m or h and not per "year"'],
    ['0/s', 'expected a rate above 0'],
    ['0.0/s', 'expected a rate above 0'],
    ['Infinity/s', 'expected a number'],
    [`${'9'.repeat(400)}/s`, 'expected a number'],
  ])('refuses %j', (text, message) => {
    expect(() => parseRate(text)).toThrow(message);
    expect(() => parseRate(text)).toThrow(DurationError);
  });
});
