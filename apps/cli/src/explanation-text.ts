import { count, duration, type TextStyle, table, wrapped } from '@faultline/report';
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
    ...section('What a scenario may set', parameterLines(explanation, style)),
    ...section('What a fault, a request and a client may name', nameLines(explanation, style)),
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

/** Grade, source and date of a number. */
export const originOf = ({ grade, source, date }: Origin) => `${grade}: ${source}, ${date}`;
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
  const rows = quantities.map((one) => [
    one.quantity,
    quantityText(one.value, one.unit),
    `${one.meaning} (${originOf(one)})`,
  ]);
  return table(columns, rows, style);
}

function operatorLines({ operatorSteps }: Explanation, style: TextStyle): readonly string[] {
  const rows = operatorSteps.map((one) => [one.step, one.reaction, `${one.meaning} (${originOf(one)})`]);
  return table([{ title: 'step' }, { title: 'reaction', wraps: true }, WRAPPED], rows, style);
}

function parameterLines({ parameters, engines, proxy }: Explanation, style: TextStyle): readonly string[] {
  const engine = ['engine', `one of ${engines.join(', ')}`, engines[0]];
  const proxyRows =
    proxy === null
      ? []
      : [['proxy', `settings of a proxy before it, {} for the defaults (${proxy.engines.join(', ')})`, 'none']];
  const rows = parameters.map((one) => [
    one.parameter,
    one.values,
    one.required ? 'required' : (one.default ?? 'depends on the others'),
  ]);
  return table([{ title: 'key' }, WRAPPED, { title: 'default', wraps: true }], [engine, ...rows, ...proxyRows], style);
}

function nameLines({ kind, roles, requests, endpoints }: Explanation, style: TextStyle): readonly string[] {
  const rows = [
    ['roles', roles.map((role) => `orders.${role}`).join(', '), 'under `fail:`'],
    ['requests', requests.join(', '), 'under `request:`'],
    ...endpoints.map(({ endpoint, serves, ttlUs }) => [
      'endpoint',
      `orders.${endpoint}`,
      `for ${SERVES[serves]}, TTL ${duration(ttlUs)}`,
    ]),
  ];
  return [
    `A database called \`orders\`, as ${kind} deploys itself in a comparison:`,
    ...table([{ title: '' }, WRAPPED, WRAPPED], rows, style),
  ];
}

const SERVES = { write: 'writes', read: 'reads', both: 'reads and writes' } as const;

/** A number with its unit, in the size that people read: `125 MB/s`, `100ms`, `1,000 entries/s`. */
export function quantityText(value: number, unit: string): string {
  const perUs = US_PER[unit];
  if (perUs !== undefined) return duration(value * perUs);
  if (!unit.startsWith('B')) return `${Number.isInteger(value) ? count(value) : value} ${unit}`;
  const [size, prefix] = PREFIXES.find(([least]) => value >= least) ?? [1, ''];
  return `${Number((value / size).toPrecision(4))} ${prefix}${unit}`;
}

const US_PER: Readonly<Record<string, number>> = { µs: 1, ms: 1_000, s: 1_000_000 };
const PREFIXES = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;
