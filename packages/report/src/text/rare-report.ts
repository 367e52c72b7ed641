import type { RareResult } from '@faultline/metrics';
import { nameOf } from './cell-name.ts';
import { wrapped } from './display.ts';
import { count, duration, percent, plural, roughly } from './figures.ts';
import { section } from './section.ts';
import type { TextStyle } from './style.ts';
import { table } from './table.ts';

/** What is asked for, in words. */
export function eventOf({ recoveryOverUs, writesLost }: RareResult): string {
  const parts = [
    ...(recoveryOverUs === null ? [] : [`recovery takes over ${duration(recoveryOverUs)}`]),
    ...(writesLost ? ['an acknowledged write is lost'] : []),
  ];
  return parts.join(' and ');
}

/** What is no longer written with an exponent. */
const LARGE = 0.01;

/** A small probability: `1.3e-6`; one that is not small as a share. */
export function tiny(value: number | null): string {
  if (value === null) return '';
  return value >= LARGE ? percent(value) : value.toExponential(1);
}

/** How the estimate was come by: what was made longer, and by how much, or from where to where trials were split. */
export function wayOf({ method, tilt, levelsUs }: RareResult): string {
  if (method === 'splitting') {
    const levels = levelsUs.map((us) => (us < 0 ? 'the rest of the event' : duration(Math.round(us))));
    return `split at ${plural(levels.length, 'level')} of recovery time: ${levels.join(', ')}`;
  }
  return `drawn longer (or shorter), and weighted back: ${tiltsOf(tilt)}`;
}

function tiltsOf(tilt: RareResult['tilt']): string {
  if (tilt.length === 0) return 'nothing';
  return tilt.map(({ stream, draw, factor }) => `${stream} (draw ${draw}) × ${factor.toPrecision(2)}`).join(', ');
}

/** The chance of a rare event in each cell, as a section of a study's report; nothing where none is asked for. */
export function rareLines(results: readonly RareResult[], style: TextStyle): readonly string[] {
  const [first] = results;
  if (first === undefined) return [];
  return section(
    `How likely is it that ${eventOf(first)}?`,
    [...figureLines(results, style), ...reasonLines(results, style)],
    style,
  );
}

function figureLines(results: readonly RareResult[], { width, palette }: TextStyle): readonly string[] {
  const right = 'right' as const;
  const columns = [
    { title: '', wraps: true },
    { title: 'probability', align: right },
    { title: '95% interval', align: right },
    { title: 'error', align: right },
    { title: 'hits', align: right },
    { title: 'worth', align: right },
    { title: 'trials', align: right },
    { title: 'plainly', align: right },
  ];
  const rows = results.map((result) => {
    const { estimate, trials, pilotTrials } = result;
    const name = nameOf(result);
    if (estimate === null) return [name, 'refused', '', '', '', '', count(trials + pilotTrials), ''];
    const { probability, relativeError, hits, effectiveHits, plainTrials } = estimate;
    return [
      name,
      tiny(probability.value),
      `${tiny(probability.low)}–${tiny(probability.high)}`,
      `±${Math.round(100 * relativeError)}%`,
      count(hits),
      count(effectiveHits),
      count(trials + pilotTrials),
      roughly(plainTrials),
    ];
  });
  return table(columns, rows, { width, paintTitle: palette.faint });
}

function reasonLines(results: readonly RareResult[], { width, palette }: TextStyle): readonly string[] {
  const reasons = results.flatMap((result) => {
    const name = nameOf(result);
    const text =
      result.refused === null
        ? `${name}: ${wayOf(result)}.${plainlyBetter(result)}${farTail(result)}`
        : `${name}: NO ESTIMATE, ${result.refused}. ${helpFor(result)}`;
    return wrapped(text, width).map(result.refused === null ? palette.faint : palette.bad);
  });
  const note = `${methodNote(results[0]?.method)} Hits are the trials that saw it. Plainly is about how many plain trials would give the same error. Trials include the pilot.`;
  return [...reasons, ...wrapped(note, width).map(palette.faint)];
}

/** What the figures of a method mean, for text and page. */
export const methodNote = (method: RareResult['method'] = 'splitting'): string => METHOD_NOTES[method];

const METHOD_NOTES: Readonly<Record<RareResult['method'], string>> = {
  'importance-sampling':
    'Importance sampling: some durations are drawn longer, and every trial is weighted back by its likelihood ratio. Error is one standard error as a share of the estimate; worth is the number of equally weighted hits that would be as sure (effective sample size).',
  splitting:
    'Multilevel splitting: trials that come far are copied, some of their chance is drawn again, and the shares that come farther are multiplied. Error is one standard error as a share of the estimate, from repetitions that do not depend on each other; worth is the number of independent hits that would be as sure.',
};

/** An event that is not rare enough for its method is told, and not sold. */
function plainlyBetter({ estimate, trials, pilotTrials }: RareResult): string {
  return estimate !== null && estimate.plainTrials < trials + pilotTrials
    ? ' As many plain trials would be surer: the event is not rare enough for this.'
    : '';
}

/** Below this, intervals by splitting held the truth too seldom in tests (README of study). */
const FAR_TAIL = 1e-4;

/** What is known of estimates by splitting that are this small. */
export function farTail({ method, estimate }: RareResult): string {
  return method === 'splitting' && estimate !== null && estimate.probability.value < FAR_TAIL
    ? ' Below 1e-4 splitting was mostly too low in our tests, and surer of itself than it should be: repeat it with four times the trials before you rely on it.'
    : '';
}

function helpFor({ method }: RareResult): string {
  return method === 'splitting'
    ? 'More trials or a larger pilot may help; a plain run always does.'
    : 'More trials or a larger pilot may help; where many small causes have to come together, `method: splitting` may; a plain run always does.';
}
