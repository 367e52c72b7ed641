import { count, plural } from '@faultline/report';
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
  const wanted = amounts(asked);
  const held = amounts(before);
  for (const [place, { what: name, count: number, option }] of held.entries()) {
    const now = wanted[place]?.count ?? 0;
    if (now < number)
      throw new CommandError(
        `--out ${path}: found a result of ${count(number)} ${name}, expected no more than the ${count(now)} that are asked for. Ask for at least as many (${option(number)}), or name another folder`,
        EXIT.usage,
      );
  }
  if (before.state === 'finished' && held.every((amount, place) => amount.count === wanted[place]?.count))
    throw new CommandError(
      `--out ${path}: found this result there already, finished${rowsOf(before)}; it is left as it is. To add to it: ${held[0]?.option((held[0]?.count ?? 0) * 2)}. To check it: faultline study --reproduce ${path}. Or name another folder`,
      EXIT.usage,
    );
}

function rowsOf({ rows }: Manifest): string {
  return rows === null ? '' : `, ${count(rows.count)} rows with digest ${rows.digest.slice(0, 16)}`;
}

interface Amount {
  readonly what: string;
  readonly count: number;
  /** How more are asked for. */
  readonly option: (count: number) => string;
}

/** How much of everything is asked for, the same kinds in the same order for studies of one meaning. */
function amounts({ trials, precision, beside: { rare, availability } }: Manifest): readonly Amount[] {
  const inFile = (section: string, key: string) => (number: number) =>
    `\`${section}: { ${key}: ${number} }\` in the study`;
  const cell = {
    what: 'trials a cell',
    count: precision?.budget ?? trials,
    option: (number: number) => `${precision === null ? '--trials' : '--budget'} ${number}`,
  };
  return [
    cell,
    ...(rare === null ? [] : [{ what: 'trials for `rare`', count: rare.trials, option: inFile('rare', 'trials') }]),
    ...(availability === null
      ? []
      : [
          { what: 'trials of each failure', count: availability.trials, option: inFile('availability', 'trials') },
          { what: 'years', count: availability.years, option: inFile('availability', 'years') },
        ]),
  ];
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
  return `${study.file} with ${plural(cells.length, 'cell')}`;
}

/** What has to stay the same for rows to go on. */
function traits({ versions, mode, seed, trials, precision, beside }: Manifest): readonly (readonly [string, string])[] {
  return [
    ['Faultline', versions.faultline],
    ['trials of', mode === 'grid' ? 'the grid' : 'a search'],
    ['seed', seed],
    [
      'precision',
      precision === null ? 'none' : `${precisionText(precision.within)} of ${quantileText(precision.quantile)}`,
    ],
    // How often the figures are looked at, and so which cells go on, depends on the first look.
    ['first look after', precision === null ? 'all trials' : `${trials} trials`],
    ['a `rare` section with digest', beside.rare?.what.slice(0, 16) ?? 'none'],
    ['an `availability` section with digest', beside.availability?.what.slice(0, 16) ?? 'none'],
    ...Object.entries(versions.packages),
  ];
}
