import { plural, type TextStyle, table, wrapped } from '@faultline/report';
import type { CoverageSummary, Share } from '@faultline/testing';
import type { CheckResult } from './check-search.ts';

/** Names of what was not exercised, at most; `--json` has all. */
const MISSING_MAX = 12;

/** A search for people: how much was run, what of the models it exercised, and what broke. */
export function checkReport(result: CheckResult, style: TextStyle): string {
  const { palette } = style;
  const { runs, records, seconds, invariants, coverage, counterexample } = result;
  const rate = seconds > 0 ? runs / seconds : 0;
  const verdict = counterexample
    ? palette.bad(`run ${counterexample.run} breaks ${counterexample.invariant}`)
    : palette.good(`no run broke any of ${plural(invariants.length, 'invariant')}`);
  return [
    verdict,
    `${plural(runs, 'run')} in ${seconds.toFixed(1)} s, ${rate.toFixed(0)} runs per second, ${plural(records, 'record')}`,
    ...coverageLines(coverage, style),
    ...(counterexample
      ? ['', palette.heading('The story'), ...counterexample.story, '', `results: ${counterexample.folder}`]
      : []),
  ].join('\n');
}

function coverageLines(coverage: CoverageSummary, style: TextStyle): readonly string[] {
  const { palette } = style;
  const rows = coverage.kinds.map(({ kind, states, transitions }) => [kind, shareText(states), shareText(transitions)]);
  const columns = [{ title: 'chart' }, { title: 'states' }, { title: 'transitions' }];
  return [
    '',
    palette.heading('What was exercised'),
    ...table(columns, rows, style),
    `faults: ${shareText(coverage.faults)}`,
    ...missingLines('not injected', coverage.faults.missing, style),
    ...countLines('How faults met (runs)', coverage.overlaps, style),
    ...countLines('What nobody promises to prevent (runs that showed it)', coverage.sometimes, style),
  ];
}

function missingLines(title: string, missing: readonly string[], style: TextStyle): readonly string[] {
  if (missing.length === 0) return [];
  const more = missing.length > MISSING_MAX ? `, and ${missing.length - MISSING_MAX} more` : '';
  return wrapped(`${title}: ${missing.slice(0, MISSING_MAX).join(', ')}${more}`, style.width);
}

function countLines(title: string, counts: Readonly<Record<string, number>>, style: TextStyle): readonly string[] {
  const rows = Object.entries(counts).map(([name, runs]) => [name, runs === 0 ? 'not seen' : String(runs)]);
  if (rows.length === 0) return [];
  return ['', style.palette.heading(title), ...table([{ title: '' }, { title: '', align: 'right' }], rows, style)];
}

function shareText({ seen, of }: Share): string {
  return `${seen} of ${of}`;
}
