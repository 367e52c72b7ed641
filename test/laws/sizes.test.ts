import { describe, expect, it } from 'vitest';
import { isTest, readProjectFile, TYPESCRIPT_FILES } from './project-files.ts';
import ratchet from './ratchet.json' with { type: 'json' };
import { descend, parse } from './syntax.ts';

const HARD_LIMIT_LINES = 400;
const LONG_FILE_LINES = 200;
const LONG_FUNCTION_LINES = 50;

const FUNCTIONS = new Set([
  ...['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'Constructor', 'ClassMethod'],
  ...['PrivateMethod', 'MethodProperty', 'GetterProperty', 'SetterProperty'],
]);

const lineCount = (source: string) => source.split('\n').length - (source.endsWith('\n') ? 1 : 0);

/** Line and length of every function that is too long. */
function longFunctions(source: string): { line: number; lines: number }[] {
  const { root, lineAt } = parse(source);
  const functions = [...descend(root)].filter(({ node }) => FUNCTIONS.has(node.type));
  return functions
    .map(({ node }) => ({ line: lineAt(node.span.start), lines: lineAt(node.span.end) - lineAt(node.span.start) + 1 }))
    .filter(({ lines }) => lines > LONG_FUNCTION_LINES);
}

/** The count may fall, and once it has fallen it must not rise again. */
function expectRatchet(name: keyof typeof ratchet, offenders: readonly string[]): void {
  const recorded = ratchet[name];
  console.info([`${name}: ${offenders.length}, recorded ${recorded}`, ...offenders].join('\n  '));
  const advice =
    offenders.length > recorded
      ? `${name} rose from ${recorded} to ${offenders.length}: split what you added. All of them:\n${offenders.join('\n')}`
      : `${name} fell to ${offenders.length}: write that into test/laws/ratchet.json, so that it stays.`;
  expect(offenders.length, advice).toBe(recorded);
}

describe('law: files and functions stay small', () => {
  const sources = TYPESCRIPT_FILES.map((path) => ({ path, source: readProjectFile(path) }));
  const code = sources.filter(({ path }) => !isTest(path));

  it(`no file has more than ${HARD_LIMIT_LINES} lines`, () => {
    const tooLong = sources.filter(({ source }) => lineCount(source) > HARD_LIMIT_LINES);
    expect(tooLong.map(({ path, source }) => `${path}: ${lineCount(source)} lines. Split it by idea.`)).toEqual([]);
  });

  it(`there are no more files over ${LONG_FILE_LINES} lines than recorded`, () => {
    const long = code.filter(({ source }) => lineCount(source) > LONG_FILE_LINES);
    expectRatchet(
      'longFiles',
      long.map(({ path, source }) => `${path}: ${lineCount(source)} lines`),
    );
  });

  it(`there are no more functions over ${LONG_FUNCTION_LINES} lines than recorded`, () => {
    const long = code.flatMap(({ path, source }) =>
      longFunctions(source).map(({ line, lines }) => `${path}:${line}: ${lines} lines`),
    );
    expectRatchet('longFunctions', long);
  });

  it('counts the lines of functions of every form', () => {
    const body = `{${'\n'.repeat(LONG_FUNCTION_LINES)}}`;
    const forms = [`function a() ${body}`, `const a = () => ${body};`, `class A { a() ${body} }`, `({ a() ${body} });`];
    for (const form of forms) expect(longFunctions(form), form).toEqual([{ line: 1, lines: LONG_FUNCTION_LINES + 1 }]);
    expect(longFunctions(`function a() {${'\n'.repeat(LONG_FUNCTION_LINES - 1)}}`)).toEqual([]);
  });
});
