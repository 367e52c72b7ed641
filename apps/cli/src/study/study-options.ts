import { count, plural } from '@faultline/report';
import {
  MOST_TRIALS,
  PRECISION_EXPECTS,
  precisionOf,
  precisionText,
  QUANTILE_EXPECTS,
  quantileOf,
  quantileText,
  type Study,
} from '@faultline/scenario';
import { wholeNumber } from '../arguments.ts';
import { CommandError, EXIT } from '../exit-codes.ts';
import { checkedSeed } from '../scenario-file.ts';
import { shellWord } from '../shell-word.ts';

/** More trials than this take long enough to ask first. */
export const TRIALS_UNASKED = 1_000_000;

const PRECISION_DEFAULTS = { quantile: 0.99, budget: 100_000 };

export interface StudyOptions {
  readonly seed?: string;
  readonly trials?: string;
  readonly precision?: string;
  readonly of?: string;
  readonly budget?: string;
  readonly workers?: string;
  readonly queue?: string;
  readonly out?: string;
  readonly reproduce?: boolean;
  readonly search?: boolean;
  readonly html?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** The study with what the command line says in place of the file. */
export function withOptions(study: Study, options: StudyOptions): Study {
  const { seed, trials } = options;
  if (options.search) refuseTogether('search', options, ['precision', 'of', 'budget']);
  return {
    ...study,
    ...(seed === undefined ? {} : { seed: checkedSeed(seed) }),
    ...(trials === undefined ? {} : { trials: wholeNumber('--trials', trials, 1, MOST_TRIALS) }),
    precision: precisionWith(study.precision, options),
  };
}

/** Ends the command when options were given that another one leaves nothing to do: better told than ignored. */
export function refuseTogether(
  option: 'search' | 'reproduce',
  options: StudyOptions,
  others: readonly (keyof StudyOptions)[],
): void {
  const other = others.find((name) => options[name] !== undefined);
  if (other === undefined) return;
  throw new CommandError(
    `--${option}: found together with --${other}, expected one of them: ${REASONS[option]}`,
    EXIT.usage,
  );
}

const REASONS = {
  search: 'a search decides itself how many trials each combination needs',
  reproduce: 'what is run again is what the manifest in the folder says',
};

function precisionWith(
  precision: Study['precision'],
  { precision: text, of, budget }: StudyOptions,
): Study['precision'] {
  const within =
    text === undefined ? precision?.within : read('--precision', text, precisionOf, PRECISION_EXPECTS, '5%');
  const quantile = of === undefined ? precision?.quantile : read('--of', of, quantileOf, QUANTILE_EXPECTS, 'p99');
  const most = budget === undefined ? precision?.budget : wholeNumber('--budget', budget, 1, MOST_TRIALS);
  if (within !== undefined)
    return { within, quantile: quantile ?? PRECISION_DEFAULTS.quantile, budget: most ?? PRECISION_DEFAULTS.budget };
  if (of === undefined && budget === undefined) return null;
  throw new CommandError(
    `${of === undefined ? '--budget' : '--of'}: found no precision in the study or on the command line, expected how well the quantile is to be known, for example --precision 5%`,
    EXIT.usage,
  );
}

function read(
  option: string,
  text: string,
  parse: (text: string) => number | null,
  expects: string,
  example: string,
): number {
  const value = parse(text);
  if (value !== null) return value;
  throw new CommandError(
    `${option}: found ${JSON.stringify(text)}, expected ${expects}, for example ${option} ${example}`,
    EXIT.usage,
  );
}

/** Trials of the grid at the most. */
const trialsIn = ({ cells, trials, precision }: Study): number => cells.length * (precision?.budget ?? trials);

/** Ends the command when a study is larger than anybody would expect, unless they said yes. */
export function refuseUnasked(study: Study, yes: boolean, file: string): void {
  const { cells, trials, precision } = study;
  const each = precision?.budget ?? trials;
  const all = trialsIn(study);
  if (yes || all <= TRIALS_UNASKED) return;
  throw new CommandError(
    `${file}: found a grid of ${plural(cells.length, 'cell')} with ${precision === null ? '' : 'up to '}${plural(each, 'trial')} each, ${count(all)} in all; expected at most ${count(TRIALS_UNASKED)}. Add --yes to run it all the same, or set fewer with ${precision === null ? '--trials' : '--budget'}`,
    EXIT.usage,
  );
}

/** What repeats the study. */
export function replayOf(file: string, study: Study): string {
  const { seed, trials, precision } = study;
  const wanted =
    precision === null
      ? ''
      : ` --precision ${precisionText(precision.within)} --of ${quantileText(precision.quantile)} --budget ${precision.budget}`;
  const yes = trialsIn(study) > TRIALS_UNASKED ? ' --yes' : '';
  return `faultline study ${shellWord(file)} --trials ${trials}${wanted} --seed ${seed}${yes}`;
}
