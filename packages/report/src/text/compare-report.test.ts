import type { KindComparison } from '@faultline/metrics';
import { describe, expect, it } from 'vitest';
import { compareJson, ranked } from '../compared-kinds.ts';
import { sampleComparison } from '../testing/sample-comparison.ts';
import { compareReport } from './compare-report.ts';
import { displayWidth } from './display.ts';
import { asciiGlyphs } from './glyphs.ts';
import { ansiPalette } from './palette.ts';

const NEVER = Number.POSITIVE_INFINITY;
const never = { value: NEVER, low: NEVER, high: NEVER };
const [first, second] = sampleComparison.kinds as [KindComparison, KindComparison];

describe('the report of a comparison', () => {
  it('ranks the deployments and shows where the time goes', () => {
    expect(compareReport(sampleComparison).split('\n')).toEqual([
      "the writer's host fails: 4 deployments, 1,000 trials each  seed 7",
      '',
      '   recovery time                  p50            p95            p99   never   loses data  failed ops',
      '1  Aurora DB cluster            12.3s            19s            25s      0%           0%       2,460',
      '   aurora.cluster         11.7s–12.9s    18.1s–19.9s    23.8s–26.3s  <0.38%       <0.38%  +40 unsure',
      '2  RDS Multi-AZ DB instance     1m08s          1m35s          2m01s      0%           0%      13,680',
      '   rds.multi-az-instance  1m05s–1m12s    1m30s–1m40s    1m55s–2m07s  <0.38%       <0.38%  +40 unsure',
      '3  RDS Single-AZ DB instance    6m52s         10m55s         13m21s      0%           0%      82,400',
      '   rds.single-az          6m31s–7m13s  10m22s–11m28s  12m41s–14m01s  <0.38%       <0.38%  +40 unsure',
      '4  RDS read replica, promote…  30m40s          1h08m          1h40m    1.2%        99.7%     368,000',
      '   rds.read-replica     29m08s–32m12s    1h05m–1h12m    1h35m–1h45m          up to 1,204  +40 unsure',
      '',
      'What was deployed ──────────────────────────────────────────────────────────────────────────────────',
      'Aurora DB cluster                   a writer and two readers in three AZs',
      'RDS Multi-AZ DB instance            a primary, and a standby in another AZ',
      'RDS Single-AZ DB instance           one instance in one AZ',
      'RDS read replica, promoted by hand  a single-AZ source, and a replica in another Region',
      '',
      'Where the time goes ────────────────────────────────────────────────────────────────────────────────',
      '                   0s                1m                 2m                3m      median  who acts',
      '                   ┬─────────────────┬──────────────────┬─────────────────┬─────',
      'Aurora DB cluster                                                                  12.3s',
      '  detection        █                                                                  4s  provider',
      '  promotion         █                                                                 3s  provider',
      '  recovery           █                                                              1.2s  provider',
      '  dns-cache           ▏                                                             3.1s  customer',
      '  reconnect           █                                                               1s  customer',
      'RDS Multi-AZ DB instance                                                           1m08s',
      '  detection        ██████                                                            20s  provider',
      '  promotion              ███████                                                   21.5s  provider',
      '  recovery                      ██                                                    8s  provider',
      '  endpoint-change                 ██                                                  6s  provider',
      '  dns-cache                         ███                                               9s  customer',
      '  reconnect                            ▏                                              2s  customer',
      '  first-success                        ▏                                            20ms  customer',
      'RDS Single-AZ DB instance                                                          6m52s',
      '  detection        ██████████████████                                                 1m  provider',
      '  recovery                           ██████████████████████████████████████████▶   5m40s  provider',
      '  reconnect                                                                    ▶     12s  customer',
      'RDS read replica, promoted by hand                                                30m40s',
      '  detection        ████████████████████████████████████████████████████████████▶      5m  customer',
      '  decision                                                                     ▶  18m20s  customer',
      '  promotion                                                                    ▶   5m20s  provider',
      '  reconnect                                                                    ▶   1m50s  customer',
      '',
      'Compared with Aurora DB cluster, trial by trial ────────────────────────────────────────────────────',
      'RDS Multi-AZ DB instance             56.1s  longer  (53.3s–58.9s)',
      'RDS Single-AZ DB instance            6m40s  longer  (6m20s–7m)',
      'RDS read replica, promoted by hand  30m28s  longer  (28m56s–31m59s)',
      '',
      'Who had to act ─────────────────────────────────────────────────────────────────────────────────────',
      '                                                      called  acted',
      'RDS read replica, promoted by hand  on-call  promote    100%   100%',
      'RDS read replica, promoted by hand  on-call  repoint   98.8%    95%',
      '',
      'What it costs in parts ─────────────────────────────────────────────────────────────────────────────',
      '                                    instances  copies of data  cross-AZ  cross-Region',
      'Aurora DB cluster                          ×1              ×1         -             -',
      'RDS Multi-AZ DB instance                   ×2              ×2         -             -',
      'RDS Single-AZ DB instance                  ×1              ×1         -             -',
      'RDS read replica, promoted by hand         ×2              ×2         -            ×1',
      '- Aurora DB cluster: one instance and its volume',
      '- RDS Multi-AZ DB instance: the standby is billed and serves nothing; its replication is free',
      '- RDS Single-AZ DB instance: one instance and its volume',
      '- RDS read replica, promoted by hand: a second instance, of any class',
      '',
      'What is published ──────────────────────────────────────────────────────────────────────────────────',
      'Aurora DB cluster         30s    median is below   Amazon Aurora User Guide,',
      '                                                   Concepts.AuroraHighAvailability',
      'RDS Multi-AZ DB instance  1m–2m  median is within  Amazon RDS User Guide,',
      '                                                   Concepts.MultiAZSingleStandby',
      '',
      'How to read this ───────────────────────────────────────────────────────────────────────────────────',
      "- Recovery time runs from the fault until clients' operations succeed and keep succeeding. p95: 95",
      '  of 100 trials were no longer. Under each figure: its 95% confidence interval from 1,000 trials,',
      '  open where so few tell no bound.',
      '- Loses data: share of the trials in which an acknowledged write was gone, and the most writes that',
      '  any trial lost.',
      '- A bar that ends in an arrow goes on beyond the axis: it would press all others against the margin.',
      '- A phase shows its median over all trials; medians of parts need not add up to the median of the',
      '  whole.',
      '- Who had to act: shares of the trials in which somebody was called, and in which they acted before',
      '  it was over. Nobody: it was called for, and no one was there to do it.',
      '- Trials are paired: the same random numbers under every deployment, so differences are surer than',
      '  the figures themselves.',
      '- Costs are factors of what is billed, not prices: copies of the data, and how often a written byte',
      '  crosses a border that is charged for.',
      '- Clients keep DNS answers for 30 s.',
    ]);
  });

  it('says once that a share is smaller than what is shown', () => {
    const rare = { value: 0, low: 0, high: 0.0004 };
    const kinds = [{ ...first, never: rare, dataLoss: { ...first.dataLoss, trials: rare } }, second];
    const text = compareReport({ ...sampleComparison, kinds });
    expect(text).toMatch(/rds\.single-az .* <0\.1% +<0\.1%/);
    expect(text).not.toContain('<<');
  });

  it('has words for what never ends, and for no difference', () => {
    const lost = {
      ...first,
      recoveryTime: { p50: never, p95: never, p99: never },
      difference: { against: second.kind, estimate: never },
    };
    const same = { ...first, kind: 'x', difference: { against: second.kind, estimate: { value: 0, low: 0, high: 0 } } };
    const better = {
      ...first,
      kind: 'y',
      title: 'better',
      difference: { against: second.kind, estimate: { value: -9e6, low: -12e6, high: -8e6 } },
    };
    const text = compareReport({ ...sampleComparison, kinds: [lost, same, better, { ...second, difference: null }] });
    expect(text).toContain('Compared with RDS Multi-AZ DB instance, trial by trial');
    expect(text).toMatch(/RDS Single-AZ DB instance +never over\n/);
    expect(text).toMatch(/RDS Single-AZ DB instance +as long\n/);
    expect(text).toMatch(/better +9s {2}shorter +\(8s–12s\)/);
    expect(text).toContain('nobody: the service recovered by itself in every trial');
  });

  it('tells a kind that nobody noticed from one without phases, and counts overwritten updates', () => {
    const none = { value: 0, low: 0, high: 0 };
    const calm = {
      ...first,
      phases: [],
      recoveryTime: { p50: none, p95: none, p99: none },
      dataLoss: { ...first.dataLoss, lostUpdatesP50: 31 },
    };
    const text = compareReport({ ...sampleComparison, kinds: [calm, { ...second, phases: [] }] });
    expect(text).toContain('clients noticed nothing');
    expect(text).toContain('no phases recorded');
    expect(text).toContain('31 updates');
  });

  it.each([80, 90, 100])('fits %i columns, with and without colours', (width) => {
    for (const palette of [ansiPalette, undefined]) {
      const text = compareReport(sampleComparison, palette ? { width, palette } : { width });
      for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  it('is pure ASCII where that is asked for', () => {
    expect(compareReport(sampleComparison, { glyphs: asciiGlyphs })).toMatch(/^[\x00-\x7f]*$/);
  });
});

describe('ranked', () => {
  it('puts the shortest median first and never last, and then looks at the tail', () => {
    const quick = {
      ...first,
      kind: 'quick',
      recoveryTime: { ...first.recoveryTime, p95: { value: 1, low: 1, high: 1 } },
    };
    const lost = { ...first, kind: 'lost', recoveryTime: { p50: never, p95: never, p99: never } };
    const worse = { ...lost, kind: 'worse', dataLoss: { ...first.dataLoss, trials: { value: 1, low: 1, high: 1 } } };
    expect(ranked([worse, lost, first, quick, second]).map(({ kind }) => kind)).toEqual([
      second.kind,
      'quick',
      first.kind,
      'lost',
      'worse',
    ]);
  });
});

describe('compareJson', () => {
  it('has no Infinity', () => {
    const json = compareJson({
      ...sampleComparison,
      kinds: [{ ...first, recoveryTime: { p50: never }, difference: { estimate: { value: -NEVER } } }],
    });
    expect(json).toMatchObject({
      trials: 1_000,
      kinds: [{ recoveryTime: { p50: { value: 'never' } }, difference: { estimate: { value: '-never' } } }],
    });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});
