import type { Bounds, Verdict } from '@faultline/metrics';
import { count, duration } from './figures.ts';
import type { TextStyle } from './style.ts';
import { table } from './table.ts';

/** One line for each expectation of the scenario: whether it came true, what was expected and what was found. */
export function verdictLines(verdicts: readonly Verdict[], { width, palette, glyphs }: TextStyle): readonly string[] {
  const columns = [
    { title: '' },
    { title: 'expectation' },
    { title: 'expected', wraps: true },
    { title: 'found', wraps: true },
  ];
  const rows = verdicts.map((verdict) => [markOf(verdict, glyphs, palette), ...verdictCells(verdict)]);
  return table(columns, rows, { width, paintTitle: palette.faint });
}

/** What was expected by which name, and what was found. */
export function verdictCells(verdict: Verdict): readonly [name: string, expected: string, found: string] {
  return [verdict.name, expectedOf(verdict), foundOf(verdict)];
}

function markOf({ held }: Verdict, glyphs: TextStyle['glyphs'], palette: TextStyle['palette']): string {
  if (held === 'inconclusive') return palette.unsure(glyphs.unsure);
  return held ? palette.good(glyphs.held) : palette.bad(glyphs.violated);
}

function expectedOf({ expected, unit }: Verdict): string {
  return typeof expected === 'string' ? expected : boundsText(expected, unit);
}

function boundsText({ min, max }: Bounds, unit: Verdict['unit']): string {
  const text = (value: number): string => (unit === 'duration' ? duration(value) : count(value));
  if (min !== null && max !== null) return min === max ? text(min) : `${text(min)} to ${text(max)}`;
  if (max !== null) return `at most ${text(max)}`;
  return min === null ? 'anything' : `at least ${text(min)}`;
}

function foundOf({ found, unit }: Verdict): string {
  if (typeof found === 'string') return found;
  if (found === null) return 'never';
  return unit === 'count' ? count(found) : duration(found);
}
