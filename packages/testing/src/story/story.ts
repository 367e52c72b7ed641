import type { Invariant, Violation } from '@faultline/checkers';
import { formatDuration } from '@faultline/clock';
import type { HeaderRecord, OpRecord, TraceRecord } from '@faultline/trace';
import { sentenceOf } from './sentences.ts';
import { settingOf } from './setting.ts';

/** Lines about what happened, at most: the first tell how it began and the last how it ended. */
const LINES_MAX = 40;

/**
 * What happened in a run that broke an invariant, in plain words: what there was, what was promised and by whom, every
 * fault and every change of roles up to the breach, the writes in between, and the breach itself.
 */
export function storyOf(
  records: readonly TraceRecord[],
  violation: Violation,
  invariant: Invariant | undefined,
): readonly string[] {
  const header = records.find((record): record is HeaderRecord => record.type === 'header');
  return [
    ...(header ? settingOf(header) : []),
    ...promiseOf(invariant),
    '',
    'What happened',
    ...shortened(happenings(records, violation)),
    '',
    `Broken at ${formatDuration(violation.atUs)}: ${violation.invariant}`,
    `  ${violation.what}`,
  ];
}

function promiseOf(invariant: Invariant | undefined): readonly string[] {
  if (!invariant) return [];
  return [
    '',
    'What was promised',
    `  ${invariant.meaning}`,
    ...invariant.promisedBy.map(({ promise, source, date }) => `  "${promise}" (${source}, ${date})`),
  ];
}

function happenings(records: readonly TraceRecord[], violation: Violation): readonly string[] {
  const lines: string[] = [];
  let quiet: OpRecord[] = [];
  const evidence = new Set<TraceRecord>(violation.evidence);
  const tellQuiet = () => {
    lines.push(...operations(quiet));
    quiet = [];
  };
  for (const record of records) {
    if (record.atUs > violation.atUs) break;
    const told = evidence.has(record);
    if (record.type === 'op' && !told) {
      quiet.push(record);
      continue;
    }
    const sentence = sentenceOf(record, told);
    if (sentence === null) continue;
    tellQuiet();
    lines.push(line(record.atUs, sentence));
  }
  tellQuiet();
  return lines;
}

/** Operations between two other happenings, in one line for each outcome. */
function operations(some: readonly OpRecord[]): readonly string[] {
  const groups = new Map<string, OpRecord[]>();
  for (const record of some) {
    const node = record.node === undefined ? '' : ` at ${record.node}`;
    const key = `${record.action} by ${record.cohort}${node}: ${record.outcome}${record.error === undefined ? '' : ` (${record.error})`}`;
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups].map(([key, group]) => {
    const names = group.map(({ op }) => op);
    const which = group.length === 1 ? `operation ${names[0]}, a ${key}` : `operations ${runs(names)}, each a ${key}`;
    return line((group.at(-1) as OpRecord).atUs, which);
  });
}

/** Numbers with those that follow one another joined: `1 to 4, 7`. */
function runs(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(', ');
}

const line = (atUs: number, sentence: string) => `  ${formatDuration(atUs).padStart(9)}  ${sentence}`;

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= LINES_MAX) return lines;
  const half = LINES_MAX / 2;
  const left = lines.length - LINES_MAX;
  return [...lines.slice(0, half), `             … ${left} more lines, see the trace …`, ...lines.slice(-half)];
}
