import type { DeploymentKind } from '@faultline/models';
import { type Document, isMap, isSeq, parseDocument } from 'yaml';
import { nearest } from '../nearest.ts';
import { parseScenario } from '../parse.ts';
import type { Problem } from '../problem.ts';
import type { Complaint, Report } from '../report.ts';
import { lineFor, placeOf } from '../value.ts';
import { oneOf, quote } from '../wording.ts';
import type { ReadFactor, ReadLevel, Setting } from './factor-reader.ts';
import type { StudyCell } from './study.ts';

/** A study of more cells would not be read by anybody. */
const MOST_CELLS = 10_000;

/** The base scenario's text, known to be right by itself. */
export interface Base {
  readonly file: string;
  readonly text: string;
}

/** All cells of a study; undefined when something was reported. */
export function readGrid(
  factors: readonly ReadFactor[],
  base: Base,
  at: number,
  report: Report,
  kinds: ReadonlyMap<string, DeploymentKind>,
): readonly StudyCell[] | undefined {
  const size = factors.reduce((product, { levels }) => product * levels.length, 1);
  if (size > MOST_CELLS) {
    report.add(at, () => ({
      found: `a grid of ${size} cells (${factors.map(({ levels }) => levels.length).join(' × ')})`,
      expected: `at most ${MOST_CELLS} cells`,
      write: 'values: [ttl, 30s]',
    }));
    return undefined;
  }
  const document = parseDocument(base.text, { version: '1.2', schema: 'core' });
  const before = report.count;
  for (const { levels } of factors) {
    for (const { settings } of levels) for (const setting of settings) checkPath(setting, document, base, report);
  }
  if (report.count > before) return undefined;
  const cells = combinations(factors.map(({ levels }) => levels.length)).map((levels) =>
    readCell(levels, factors, document, base, report, kinds),
  );
  return cells.some((cell) => cell === undefined) ? undefined : (cells as StudyCell[]);
}

/** All but the last key of a path have to be there: the last one may be a default that the base leaves out. */
function checkPath({ path, pathAt }: Setting, document: Document, { file }: Base, report: Report): void {
  for (let depth = 0; depth < path.length; depth++) {
    const parent = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    const names = isMap(parent)
      ? parent.items.map(({ key }) => String(key))
      : isSeq(parent)
        ? parent.items.map((_, index) => String(index))
        : [];
    const key = path[depth] as string;
    const last = depth === path.length - 1;
    if (names.includes(key) || (last && isMap(parent))) continue;
    const above = depth === 0 ? 'the scenario' : `\`${path.slice(0, depth).join('.')}\``;
    const near = nearest(key, names);
    const rest = near === undefined ? [names[0] ?? '…'] : [near, ...path.slice(depth + 1)];
    report.add(pathAt, () => ({
      found: `the path ${quote(path.join('.'))}, which names nothing in ${file}`,
      expected: names.length === 0 ? `a shorter path: ${above} holds no keys` : `in ${above}: ${oneOf(names, key)}`,
      write: `path: ${names.length === 0 ? path.slice(0, depth).join('.') : [...path.slice(0, depth), ...rest].join('.')}`,
    }));
    return;
  }
}

/** Every choice of one index per size, the last changing fastest. */
function combinations(sizes: readonly number[]): readonly (readonly number[])[] {
  return sizes.reduce<readonly (readonly number[])[]>(
    (chosen, size) => chosen.flatMap((choice) => Array.from({ length: size }, (_, index) => [...choice, index])),
    [[]],
  );
}

function readCell(
  levels: readonly number[],
  factors: readonly ReadFactor[],
  document: Document,
  base: Base,
  report: Report,
  kinds: ReadonlyMap<string, DeploymentKind>,
): StudyCell | undefined {
  const chosen = levels.map((level, index) => factors[index]?.levels[level] as ReadLevel);
  const label = chosen.map((level, index) => `${factors[index]?.name}=${level.label}`).join(' ');
  const parsed = parseScenario(textWith(document, chosen), base.file, kinds);
  if (parsed.ok) {
    const cost = levels.reduce((sum, level, index) => sum + (factors[index]?.costs?.[level] ?? 0), 0);
    return { levels, label, cost, scenario: parsed.scenario };
  }
  const [problem] = parsed.problems as [Problem, ...Problem[]];
  const culprit = chosen.find((level) => !parseScenario(textWith(document, [level]), base.file, kinds).ok) ?? chosen[0];
  if (culprit === undefined) return undefined;
  const misspelt = culprit.settings.find(({ path }) => problem.found === `the unknown key ${quote(path.at(-1) ?? '')}`);
  if (misspelt !== undefined) {
    report.add(misspelt.pathAt, () => misspeltKey(misspelt.path, problem, base));
    return undefined;
  }
  report.add(placeOf(culprit.at), () => ({
    found: `a level with which ${base.file} is refused: ${problem.found}`,
    expected: problem.expected,
    write: isPlain(culprit) ? lineFor(culprit.at, problem.write.replace(/^[^:]*: /, '')) : problem.write,
  }));
  return undefined;
}

/** Whether a level is one value by itself, in which no other key can be meant. */
function isPlain({ settings }: ReadLevel): boolean {
  const [only, another] = settings;
  return only !== undefined && another === undefined && typeof only.value !== 'object';
}

/** The last key of a path is one that the scenario has not, and never has. */
function misspeltKey(path: readonly string[], { expected, write }: Problem, { file }: Base): Complaint {
  const near = /^([\w-]+): /.exec(write)?.[1] ?? '…';
  return {
    found: `the path ${quote(path.join('.'))}, which names nothing in ${file}`,
    expected: `in \`${path.slice(0, -1).join('.')}\`: ${expected}`,
    write: `path: ${[...path.slice(0, -1), near].join('.')}`,
  };
}

function textWith(document: Document, levels: readonly ReadLevel[]): string {
  const changed = document.clone() as Document;
  for (const { settings } of levels) {
    for (const { path, value } of settings) changed.setIn(numbered(path, changed), changed.createNode(value));
  }
  return changed.toString({ lineWidth: 0 });
}

/** Items of lists are found by number, keys of mappings by text. */
function numbered(path: readonly string[], document: Document): readonly (string | number)[] {
  return path.map((key, depth) => {
    const parent = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    return isSeq(parent) ? Number(key) : key;
  });
}
