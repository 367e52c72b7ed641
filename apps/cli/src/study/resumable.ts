import { count } from '@faultline/report';
import { precisionText, quantileText } from '@faultline/scenario';
import { CommandError, EXIT } from '../exit-codes.ts';
import type { Manifest } from './manifest.ts';

/** Ends the command when what is asked for does not go on from what a folder holds. */
export function refuseOther(path: string, before: Manifest, asked: Manifest): void {
  const [what, found, expected] = firstDifference(before, asked) ?? [];
  if (what !== undefined)
    throw new CommandError(
      `--out ${path}: found a result with ${what} ${found}, but this study has ${expected}; expected the same study, which may have more trials. Name another folder`,
      EXIT.usage,
    );
  const [held, wanted] = [mostTrials(before), mostTrials(asked)];
  const option = asked.precision === null ? '--trials' : '--budget';
  if (wanted < held)
    throw new CommandError(
      `--out ${path}: found a result of ${count(held)} trials a cell, expected no more than the ${count(wanted)} that are asked for. Ask for at least as many (${option} ${held}), or name another folder`,
      EXIT.usage,
    );
  if (before.state === 'finished' && wanted === held)
    throw new CommandError(
      `--out ${path}: found this result there already, finished, ${count(before.rows?.count ?? 0)} rows with digest ${before.rows?.digest.slice(0, 16)}; it is left as it is. To add to it: ${option} ${held * 2}. To check it: faultline study --reproduce ${path}. Or name another folder`,
      EXIT.usage,
    );
}

/** Trials of one cell at the most. */
function mostTrials({ trials, precision }: Manifest): number {
  return precision?.budget ?? trials;
}

type Difference = readonly [what: string, found: string, expected: string];

function firstDifference(before: Manifest, asked: Manifest): Difference | null {
  if (before.subject !== asked.subject)
    return ['other factors, or another scenario:', summaryOf(before), summaryOf(asked)];
  const held = traits(before);
  const [what, expected] = traits(asked).find(([, value], index) => value !== held[index]?.[1]) ?? [];
  if (what === undefined || expected === undefined) return null;
  return [what, held.find(([name]) => name === what)?.[1] ?? '', expected];
}

function summaryOf({ study, cells }: Manifest): string {
  return `${study.file} with ${count(cells.length)} cells`;
}

/** What has to stay the same for rows to go on. */
function traits({ versions, seed, trials, precision }: Manifest): readonly (readonly [string, string])[] {
  return [
    ['Faultline', versions.faultline],
    ['seed', seed],
    [
      'precision',
      precision === null ? 'none' : `${precisionText(precision.within)} of ${quantileText(precision.quantile)}`,
    ],
    // How often the figures are looked at, and so which cells go on, depends on the first look.
    ['first look after', precision === null ? 'all trials' : `${trials} trials`],
    ...Object.entries(versions.packages),
  ];
}
