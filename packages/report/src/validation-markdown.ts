import type { CaseValidation, MeasureValidation, ValidationResult } from '@faultline/metrics';
import { figure, grouped, measuredText } from './measured-figures.ts';

const HEAD = ['Case', 'Figure', 'Seen by', 'Measured', 'p5', 'p50', 'p95', 'Inside', 'Where it misses'];
const ALIGN = ['', '', '', '---:', '---:', '---:', '---:', ':---:', ''];

/** Predictions beside measurements as a Markdown table, and a line that counts; without a line break at the end. */
export function validationMarkdown({ cases, trials, seed, used, heldOut }: ValidationResult): string {
  const rows = grouped(cases).flatMap(({ group, cases: members }) => [
    row([`**${group}**`, ...HEAD.slice(1).map(() => '')]),
    ...members.flatMap(caseRows),
  ]);
  return [
    row(HEAD),
    row(ALIGN.map((align) => align || '---')),
    ...rows,
    '',
    `${used.inside + heldOut.inside} of ${used.of + heldOut.of} measured values lie inside, ${used.near + heldOut.near} outside but within a quarter of p50. Held out: ${heldOut.inside} of ${heldOut.of} inside, ${heldOut.near} near. A default was set from (\\*): ${used.inside} of ${used.of} inside, ${used.near} near. Up to ${trials} trials each, seed ${seed}.`,
  ].join('\n');
}

function caseRows({ id, title, source, date, measures }: CaseValidation): readonly string[] {
  return measures.map((measure, index) =>
    row([index === 0 ? `${id}: ${title} (${source}, ${date})` : '', ...measureCells(measure)]),
  );
}

function measureCells(measure: MeasureValidation): readonly string[] {
  const { title, seenBy, predicted, agreement, usedFor, remark } = measure;
  const inside = `${agreement.of === 1 ? (agreement.inside === 1 ? 'yes' : 'no') : `${agreement.inside}/${agreement.of}`}${usedFor === null ? '' : ' \\*'}`;
  return [
    title,
    seenBy,
    measuredText(measure),
    figure(predicted.p5),
    figure(predicted.p50),
    figure(predicted.p95),
    inside,
    remark ?? '',
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
