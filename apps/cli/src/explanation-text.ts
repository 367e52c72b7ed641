import { type TextStyle, table, wrapped } from '@faultline/report';
import type { Explanation } from './explanation.ts';

interface Origin {
  readonly grade: string;
  readonly source: string;
  readonly date: string;
}

/** A deployment kind for people: what it promises, every number with its origin, what is left to them, and its chart. */
export function explanationText(explanation: Explanation, style: TextStyle): string {
  const { palette } = style;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', palette.heading(title), ...lines];
  return [
    `${palette.heading(explanation.title)}  ${palette.faint(explanation.kind)}`,
    ...wrapped(explanation.summary, style.width),
    ...section('What it promises', promiseLines(explanation, style)),
    ...section('In a scenario', explanation.example.split('\n')),
    ...section('Durations of the chart', timingLines(explanation, style)),
    ...section('Numbers of the data plane', quantityLines(explanation, style)),
    ...section('Steps that are left to you', operatorLines(explanation, style)),
    ...section(
      'Who acts',
      Object.entries(explanation.acts).map(([phase, actor]) => `${phase.padEnd(18)} ${actor}`),
    ),
    ...section('The chart (Mermaid)', explanation.chart.split('\n')),
  ].join('\n');
}

const originOf = ({ grade, source, date }: Origin) => `${grade}: ${source}, ${date}`;
const WRAPPED = { title: '', wraps: true };

function promiseLines({ promises }: Explanation, style: TextStyle): readonly string[] {
  const rows = promises.map((promise) => [promise.claim, originOf(promise)]);
  return table([WRAPPED, WRAPPED], rows, style);
}

function timingLines({ timings }: Explanation, style: TextStyle): readonly string[] {
  const columns = [
    { title: 'timing' },
    { title: 'default', wraps: true },
    { ...WRAPPED, title: 'what passes, and where the number comes from' },
  ];
  const rows = timings.map((one) => [one.timing, one.distribution, `${one.meaning} (${originOf(one)})`]);
  return table(columns, rows, style);
}

function quantityLines({ quantities }: Explanation, style: TextStyle): readonly string[] {
  const columns = [
    { title: 'quantity' },
    { title: 'value' },
    { ...WRAPPED, title: 'meaning, and where the number comes from' },
  ];
  const rows = quantities.map((one) => [one.quantity, `${one.value} ${one.unit}`, `${one.meaning} (${originOf(one)})`]);
  return table(columns, rows, style);
}

function operatorLines({ operatorSteps }: Explanation, style: TextStyle): readonly string[] {
  const rows = operatorSteps.map((one) => [one.step, one.reaction, `${one.meaning} (${originOf(one)})`]);
  return table([{ title: 'step' }, { title: 'reaction', wraps: true }, WRAPPED], rows, style);
}
