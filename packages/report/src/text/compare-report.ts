import type { ComparisonResult, KindComparison } from '@faultline/metrics';
import { ranked } from '../compared-kinds.ts';
import { differenceText } from './difference-text.ts';
import { listed, printable } from './display.ts';
import { duration, percent, plural } from './figures.ts';
import { spelled } from './glyphs.ts';
import { isCut, phaseWaterfallLines } from './phase-waterfalls.ts';
import { rankingLines } from './ranking-table.ts';
import { section } from './section.ts';
import { type TextStyle, textStyle } from './style.ts';
import { table } from './table.ts';

/** A comparison as text, without a line break at the end. */
export function compareReport(result: ComparisonResult, style: Partial<TextStyle> = {}): string {
  const full = textStyle(style);
  const kinds = ranked(result.kinds);
  const lines = [
    full.palette.heading(
      `${printable(result.fault)}: ${plural(result.kinds.length, 'deployment')}, ${plural(result.trials, 'trial')} each`,
    ) + full.palette.faint(`  seed ${printable(result.seed)}`),
    '',
    ...rankingLines(kinds, full),
    ...section('What was deployed', deploymentLines(kinds, full), full),
    ...section('Where the time goes', phaseWaterfallLines(kinds, full), full),
    ...differenceSections(kinds, full),
    ...section('Who had to act', operatorLines(kinds, full), full),
    ...section('What it costs in parts', billingLines(kinds, full), full),
    ...section('What is published', documentedLines(kinds, full), full),
    ...section('How to read this', noteLines(result, full), full),
  ];
  return spelled(lines.join('\n'), full.glyphs);
}

/** One section for each kind that others are held against: normally one. */
function differenceSections(kinds: readonly KindComparison[], style: TextStyle): readonly string[] {
  const references = new Set(kinds.flatMap(({ difference }) => (difference ? [difference.against] : [])));
  return [...references].flatMap((reference) => {
    const title = kinds.find(({ kind }) => kind === reference)?.title ?? reference;
    const rows = kinds.filter(({ difference }) => difference?.against === reference).map(differenceRow);
    const columns = [{ title: '' }, { title: '', align: 'right' as const }, { title: '' }, { title: '' }];
    return section(`Compared with ${title}, trial by trial`, table(columns, rows, { width: style.width }), style);
  });
}

function differenceRow({ title, difference }: KindComparison): readonly string[] {
  return [title, ...(difference ? differenceText(difference.estimate) : ['as long', '', ''])];
}

function operatorLines(kinds: readonly KindComparison[], { width, palette }: TextStyle): readonly string[] {
  const rows = kinds.flatMap(({ title, operatorSteps }) =>
    operatorSteps.map(({ step, who, calledShare, doneShare }) => [
      title,
      palette.actor.customer(who),
      step,
      percent(calledShare),
      percent(doneShare),
    ]),
  );
  if (rows.length === 0) return ['nobody: the service recovered by itself in every trial'];
  const shares = ['called', 'acted'].map((title) => ({ title, align: 'right' as const }));
  return table([{ title: '' }, { title: '' }, { title: '' }, ...shares], rows, {
    width,
    paintTitle: palette.faint,
  });
}

/** What stood there: a name alone does not say how many Regions a table has, or where a replica is. */
function deploymentLines(kinds: readonly KindComparison[], { width, palette }: TextStyle): readonly string[] {
  const rows = kinds.map(({ title, deployed }) => [title, palette.faint(deployed)]);
  return table([{ title: '' }, { title: '', wraps: true }], rows, { width });
}

function billingLines(kinds: readonly KindComparison[], { width, palette }: TextStyle): readonly string[] {
  const figures = ['instances', 'copies of data', 'cross-AZ', 'cross-Region'].map((title) => ({
    title,
    align: 'right' as const,
  }));
  const rows = kinds.map(({ title, billing }) => [
    title,
    factor(billing.instances),
    factor(billing.storageCopies),
    factor(billing.crossAzTransfers),
    factor(billing.crossRegionTransfers),
  ]);
  const notes = kinds.filter(({ billing }) => billing.note !== '');
  return [
    ...table([{ title: '', wraps: true }, ...figures], rows, { width, paintTitle: palette.faint }),
    ...notes.flatMap(({ title, billing }) => listed(`${title}: ${billing.note}`, width).map(palette.faint)),
  ];
}

function factor(value: number): string {
  return value === 0 ? '-' : `×${Number(value.toFixed(2))}`;
}

function documentedLines(kinds: readonly KindComparison[], { width, palette }: TextStyle): readonly string[] {
  const rows = kinds.flatMap(({ title, documented, recoveryTime }) => {
    if (!documented) return [];
    const { lowUs, highUs, source } = documented;
    const range = lowUs === highUs ? duration(highUs) : `${duration(lowUs)}–${duration(highUs)}`;
    const { value } = recoveryTime.p50;
    const where = value < lowUs ? 'median is below' : value > highUs ? 'median is above' : 'median is within';
    return [[title, range, (where.endsWith('within') ? palette.good : palette.unsure)(where), source]];
  });
  return table([{ title: '' }, { title: '' }, { title: '' }, { title: '', wraps: true }], rows, { width });
}

function noteLines({ notes, kinds, trials }: ComparisonResult, { width, palette }: TextStyle): readonly string[] {
  const all = [
    `Recovery time runs from the fault until clients' operations succeed and keep succeeding. p95: 95 of 100 trials were no longer. Under each figure: its 95% confidence interval from ${plural(trials, 'trial')}, open where so few tell no bound.`,
    'Loses data: share of the trials in which an acknowledged write was gone, and the most writes that any trial lost.',
    ...(isCut(kinds)
      ? ['A bar that ends in an arrow goes on beyond the axis: it would press all others against the margin.']
      : []),
    ...(kinds.some(({ phases }) => phases.some(({ phase }) => phase === 'fault-lasts'))
      ? ['fault-lasts: nothing that anybody did helped; clients waited until the fault itself was over.']
      : []),
    'A phase shows its median over all trials; medians of parts need not add up to the median of the whole.',
    ...(kinds.some(({ operatorSteps }) => operatorSteps.length > 0)
      ? [
          'Who had to act: shares of the trials in which somebody was called, and in which they acted before it was over. Nobody: it was called for, and no one was there to do it.',
        ]
      : []),
    ...(kinds.some(({ difference }) => difference !== null)
      ? [
          'Trials are paired: the same random numbers under every deployment, so differences are surer than the figures themselves.',
        ]
      : []),
    'Costs are factors of what is billed, not prices: copies of the data, and how often a written byte crosses a border that is charged for.',
    ...notes,
  ];
  return all.flatMap((note) => listed(note, width).map(palette.faint));
}
