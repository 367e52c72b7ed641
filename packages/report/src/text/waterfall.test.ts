import { describe, expect, it } from 'vitest';
import { sampleWaterfall } from '../testing/sample-run.ts';
import { displayWidth } from './display.ts';
import { asciiGlyphs } from './glyphs.ts';
import { ansiPalette } from './palette.ts';
import { waterfallLines } from './waterfall.ts';

const S = 1_000_000;
const marks = { firstSuccessAtUs: 213 * S, recoveredAtUs: 228.2 * S };

describe('waterfall', () => {
  it('shows each phase where it was, how long it took, who acts, and the marks', () => {
    expect(waterfallLines(sampleWaterfall, marks, { width: 90 })).toEqual([
      '                 0s            15s          30s           45s     from     for  who acts',
      '                 ┬─────────────┬────────────┬─────────────┬──',
      'detection        █████████                                         +0s     10s  provider',
      'promotion                 ██████████████                          +10s     15s  provider',
      'endpoint-change                         ████                      +25s      5s  provider',
      'dns-cache                                   ███████████████       +30s     16s  customer',
      'reconnect                                                  ██     +46s    2.1s  customer',
      'first-success                                               █   +48.1s   100ms  customer',
      '                 ▲                             ◆            ●',
      '                 ▲ fault   ◆ first success +33s   ● recovered +48.2s',
    ]);
  });

  it('says when nobody recovered, and shows time in service between two interruptions', () => {
    const segments = [
      { phase: 'recovery', fromUs: 0, toUs: 20 * S, actor: 'provider' },
      { phase: 'in-service', fromUs: 20 * S, toUs: 80 * S, actor: null },
      { phase: 'detection', fromUs: 80 * S, toUs: 100 * S, actor: 'customer' },
    ] as const;
    const waterfall = {
      cohort: 'checkout',
      action: 'read',
      faultAtUs: 0,
      toUs: 100 * S,
      recovered: false,
      segments,
    } as const;
    const lines = waterfallLines(
      waterfall,
      { firstSuccessAtUs: null, recoveredAtUs: null },
      { width: 80, glyphs: asciiGlyphs },
    );
    expect(lines).toEqual([
      '                 0s        30s       1m         1m30s     from     for  who acts',
      '                 +---------+---------+----------+--',
      'recovery         #######                                 +0s     20s  provider',
      '(in service)            --------------------            +20s      1m',
      'detection                                   #######   +1m20s     20s  customer',
      '                 ^',
      '                 ^ fault   not recovered when the run ended at +1m40s',
    ]);
  });

  it('takes the same columns with and without colours', () => {
    const plain = waterfallLines(sampleWaterfall, marks);
    const painted = waterfallLines(sampleWaterfall, marks, { palette: ansiPalette });
    expect(painted.map(displayWidth).slice(2)).toEqual(plain.map(displayWidth).slice(2));
    expect(painted[2]).toContain('\u001b[34m');
  });
});
