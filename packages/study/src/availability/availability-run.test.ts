import { kinds } from '@faultline/models';
import { parseStudy, type Study } from '@faultline/scenario';
import { describe, expect, it } from 'vitest';
import { madeUpBlock } from '../testing/made-up-block.ts';
import type { TrialSummary } from '../trial-summary.ts';
import { AvailabilityRun } from './availability-run.ts';

const BASE = `scenario: shop
seed: 1
horizon: 60m
topology:
  regions: { us-east-1: [use1-az1, use1-az2, use1-az3] }
  databases:
    orders: { model: rds.single-az, az: use1-az1 }
  clients:
    checkout: { connectsTo: orders, from: use1-az3 }
workload:
  - { client: checkout, op: write, arrivals: { poisson: 5/s } }
faults:
  - { at: 10s, fail: orders.instance, cause: host-failure }
`;

const HOST = 'host: { perYear: 2, fail: orders.instance, cause: host-failure }';

function parsed(availability: string) {
  const text = `study: years\nscenario: shop.yaml\nseed: 7\navailability:\n  trials: 100\n${availability}`;
  return parseStudy(text, 'study.yaml', () => ({ file: 'shop.yaml', text: BASE }), kinds);
}

/** The jobs of all rounds. */
function jobsOf(run: AvailabilityRun) {
  const jobs: ReturnType<AvailabilityRun['nextRound']>[number][] = [];
  for (let round = run.nextRound(); round.length > 0; round = run.nextRound()) jobs.push(...round);
  return jobs;
}

function resultOf(availability: string, recoveryUs: (trial: number) => number, steps: TrialSummary['steps'] = []) {
  const study = parsed(availability);
  if (!study.ok) throw new Error(JSON.stringify(study.problems));
  const spec = study.study.availability as NonNullable<Study['availability']>;
  const run = new AvailabilityRun(study.study, spec, 0);
  for (const { block, collect } of jobsOf(run).toReversed()) {
    collect(
      madeUpBlock(block, (trial) => ({
        trial,
        recoveryUs: recoveryUs(trial),
        failed: 0,
        indeterminate: 0,
        lost: 0,
        lossSpanUs: 0,
        lostUpdates: 0,
        phases: [],
        steps,
      })),
    );
  }
  return run.result();
}

const MINUTE_US = 60e6;

describe('availability over a year', () => {
  it('is rate times recovery where failures are rare, and agrees with the closed form', () => {
    const { figures } = resultOf(`  failures: { ${HOST} }\n`, () => 10 * MINUTE_US);
    expect(figures?.minutes.value).toBeCloseTo(20, 0);
    expect(figures?.closedForm.withMeans).toBeCloseTo(20, 2);
    expect(figures?.availability.value).toBeCloseTo(1 - 20 / 525_960, 6);
    expect(figures?.disagreements).toEqual([]);
    expect(figures?.published).toMatchObject({ share: 0.995, what: 'SLA of single DB instances' });
    expect(figures?.minutesP99).toBeGreaterThan(figures?.minutesP95 ?? 0);
  });

  it('says loudly where a median misleads, and that people are the reason', () => {
    const { figures } = resultOf(`  failures: { ${HOST} }\n`, (trial) => (trial % 10 === 0 ? 600 : 5) * MINUTE_US, [
      { step: 'restore', who: 'dba', done: true },
    ]);
    expect(figures?.closedForm.withMedians).toBeCloseTo(10, 1);
    expect(figures?.minutes.value).toBeGreaterThan(100);
    expect(figures?.disagreements[0]).toContain('waiting for a person: 100 of 100 trials');
    expect(figures?.disagreements[0]).toContain('has a long tail');
  });

  it('says where failures overlap', () => {
    const many = [1, 2, 3]
      .map((n) => `f${n}: { perYear: 9000, fail: orders.instance, cause: host-failure }`)
      .join(', ');
    const { figures } = resultOf(`  years: 100\n  failures: { ${many} }\n`, () => 30 * MINUTE_US);
    expect(figures?.overlapping).toBeGreaterThan(0.3);
    expect(figures?.disagreements[0]).toContain('overlapping failures');
  });

  it('asks how long an outage lasts that no trial saw end', () => {
    const never = (trial: number) => (trial <= 3 ? Number.POSITIVE_INFINITY : MINUTE_US);
    expect(resultOf(`  failures: { ${HOST} }\n`, never)).toMatchObject({ figures: null });
    expect(resultOf(`  failures: { ${HOST} }\n`, never).refused).toContain('3 of 100 trials of the failure `host`');
    const { figures } = resultOf(`  unrecovered: 8h\n  failures: { ${HOST} }\n`, never);
    expect(figures?.failures[0]).toMatchObject({ unrecovered: 3, medianUs: MINUTE_US });
    expect(figures?.failures[0]?.meanUs).toBeCloseTo((0.97 + 0.03 * 480) * MINUTE_US, 0);
  });
});

describe('mistakes in failures', () => {
  it.each([
    ['no rate', 'host: { fail: orders.instance, cause: host-failure }', '6:21', 'no key `perYear` in this mapping'],
    ['a rate of none', HOST.replace('2', '0'), '6:32', 'the number `0`'],
    [
      'a cause that there is not',
      HOST.replace('host-failure', 'hots-failure'),
      '6:21',
      'a failure with which shop.yaml is refused: `hots-failure`',
    ],
    ['an instant', HOST.replace('{', '{ at: 3m,'), '6:21', 'a failure with an instant'],
    ['nothing that fails', '', '6:13', '0 failures'],
  ])('%s', (_, failures, place, found) => {
    const result = parsed(`  failures: { ${failures} }\n`);
    const [problem] = result.ok ? [] : result.problems;
    expect([`${problem?.line}:${problem?.column}`, problem?.found]).toEqual([place, found]);
  });
});
