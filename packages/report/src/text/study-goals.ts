import type { CellResult, Estimate, StudyResult } from '@faultline/metrics';
import { nameOf } from './cell-name.ts';
import { duration, plural } from './figures.ts';
import { eventOf, tiny } from './rare-report.ts';
import { minutesText } from './year-report.ts';

type Objectives = StudyResult['objectives'];

/** One thing that is asked of every trial, in words, and how often a cell meets it. */
export interface Goal {
  readonly title: string;
  readonly of: (cell: CellResult) => Estimate | null;
}

/** `back within 90s`, and how much may be lost. */
export function goalTitles({ rtoUs, rpoUs }: Objectives): readonly string[] {
  return [
    ...(rtoUs === null ? [] : [`back within ${duration(rtoUs)}`]),
    ...(rpoUs === null ? [] : [rpoUs === 0 ? 'no write lost' : `at most ${duration(rpoUs)} of writes lost`]),
  ];
}

/** The objectives of a study, and all of them together where there are two; none where it has none. */
export function goalsOf({ objectives }: StudyResult): readonly Goal[] {
  const { rtoUs, rpoUs } = objectives;
  const each = [
    ...(rtoUs === null ? [] : [(cell: CellResult) => cell.meets.rto]),
    ...(rpoUs === null ? [] : [(cell: CellResult) => cell.meets.rpo]),
  ];
  const titles = goalTitles(objectives);
  const goals = each.map((of, index): Goal => ({ title: titles[index] ?? '', of }));
  return goals.length < 2 ? goals : [...goals, { title: 'both', of: ({ meets }) => meets.both }];
}

/** What a reader wants to know first: whether the objectives are met, and which cell is back soonest. */
export function studyAnswer(result: StudyResult): string {
  const { cells, objectives } = result;
  return [
    ...verdicts(cells, objectives),
    ...soonest(cells),
    ...(cells.length === 1 ? beside(result) : []),
    ...unsure(cells),
  ].join(' ');
}

/** What the only cell was asked beside the grid: of several, each has its own answer further down. */
function beside({ rare: [rare] = [], availability: [year] = [] }: StudyResult): readonly string[] {
  const chance = rare?.estimate?.probability.value;
  return [
    ...(rare === undefined || chance === undefined
      ? []
      : [`The probability that ${eventOf(rare)} is about ${tiny(chance)}.`]),
    ...(year?.figures ? [`It is down for about ${minutesText(year.figures.minutes.value)} minutes a year.`] : []),
  ];
}

function unsure(cells: readonly CellResult[]): readonly string[] {
  const open = cells.filter(({ precise }) => precise === false).length;
  if (open === 0) return [];
  const where = cells.length === 1 ? '' : ` in ${open} of ${plural(cells.length, 'cell')}`;
  return [`The budget was spent before the precision was reached${where}.`];
}

function verdicts(cells: readonly CellResult[], { rtoUs, rpoUs }: Objectives): readonly string[] {
  if (rtoUs === null && rpoUs === null) return [];
  const goal = rtoUs !== null && rpoUs !== null ? 'both objectives' : 'the objective';
  const how = `${goal} in more than half of ${cells.length === 1 ? 'the' : 'their'} trials`;
  const met = cells.filter(({ meets }) => meets.both !== null && meets.both.value > 0.5).length;
  if (cells.length === 1) return [met === 1 ? `It meets ${how}.` : `It does not meet ${how}.`];
  if (met === cells.length) return [`All ${plural(met, 'cell')} meet ${how}.`];
  if (met === 0) return [`None of the ${plural(cells.length, 'cell')} meets ${how.replace('their', 'its')}.`];
  return [
    `${met} of ${plural(cells.length, 'cell')} ${met === 1 ? `meets ${how.replace('their', 'its')}` : `meet ${how}`}.`,
  ];
}

function soonest(cells: readonly CellResult[]): readonly string[] {
  const medians = cells.map(({ recoveryTime }) => recoveryTime.p50.value);
  const least = Math.min(...medians);
  if (cells.length === 1)
    return [
      Number.isFinite(least)
        ? `Half of the outages are over within ${duration(least)}.`
        : 'Half of the outages never end.',
    ];
  if (!Number.isFinite(least)) return ['Everywhere at least half of the outages never end.'];
  return [`Back soonest in the median: ${nameOf(cells[medians.indexOf(least)])}, after ${duration(least)}.`];
}
