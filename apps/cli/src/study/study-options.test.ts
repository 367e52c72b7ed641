import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readStudyFile } from '../study-file.ts';
import { refuseUnasked, replayOf, type StudyOptions, withOptions } from './study-options.ts';

const { study } = readStudyFile(
  fileURLToPath(new URL('../../../../simulations/studies/client-settings.study.yaml', import.meta.url)),
);
const precise = { ...study, precision: { quantile: 0.5, within: 0.1, budget: 400 } };

describe('options of a study', () => {
  it.each<[StudyOptions, typeof study, (typeof study)['precision']]>([
    [{}, study, null],
    [{}, precise, precise.precision],
    [{ precision: '5%' }, study, { within: 0.05, quantile: 0.99, budget: 100_000 }],
    [{ precision: '2.5%', of: 'p99.9', budget: '7000' }, study, { within: 0.025, quantile: 0.999, budget: 7_000 }],
    [{ budget: '900' }, precise, { ...precise.precision, budget: 900 }],
    [{ of: 'p90' }, precise, { ...precise.precision, quantile: 0.9 }],
  ])('%j take the place of what the file says', (options, written, precision) => {
    expect(withOptions(written, options).precision).toEqual(precision);
  });

  it.each<[StudyOptions, RegExp]>([
    [{ of: 'p99' }, /--of: found no precision.*--precision 5%/],
    [{ budget: '100' }, /--budget: found no precision/],
    [{ precision: '5' }, /--precision: found "5", expected a share in percent/],
    [{ precision: '90%' }, /from 0.1% to 50%/],
    [{ precision: '5%', of: 'p100' }, /--of: found "p100", expected a quantile/],
    [{ search: true, budget: '100' }, /--search: found together with --budget.*decides itself/],
    [{ trials: 'NaN' }, /--trials: found "NaN"/],
  ])('%j are refused', (options, message) => {
    expect(() => withOptions(study, options)).toThrow(message);
  });

  it('ask before a study that takes long, and say how long', () => {
    expect(() => refuseUnasked({ ...study, trials: 200_000 }, false, 'x.yaml')).toThrow(
      /^x.yaml: found a grid of 6 cells .* 1,200,000 in all.*--yes/,
    );
    expect(() =>
      refuseUnasked({ ...precise, precision: { ...precise.precision, budget: 1e6 } }, false, 'x.yaml'),
    ).toThrow(/--budget/);
    expect(() => refuseUnasked({ ...study, trials: 200_000 }, true, 'x.yaml')).not.toThrow();
  });

  it('can be written down again', () => {
    const options = { precision: '2.5%', of: 'p99.9', budget: '7000', seed: '8', trials: '30' };
    expect(replayOf('x.yaml', withOptions(study, options))).toBe(
      'faultline study x.yaml --trials 30 --precision 2.5% --of p99.9 --budget 7000 --seed 8',
    );
    expect(replayOf('x.yaml', study)).toBe('faultline study x.yaml --trials 200 --seed 7');
    expect(replayOf("it's mine/x.yaml", { ...study, trials: 200_000 })).toBe(
      `faultline study 'it'\\''s mine/x.yaml' --trials 200000 --seed 7 --yes`,
    );
  });
});
