import type { z } from 'zod';
import { nearest } from './nearest.ts';
import type { Value } from './value.ts';
import { oneOf } from './wording.ts';

/** One thing that a schema did not take, with its path inside of the database's mapping. */
export type Issue = z.core.$ZodIssue;

/** What a schema's types are called in YAML. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  map: 'a mapping',
  null: 'nothing',
};

/**
 * The issue that is worth telling: of alternatives that all failed, the one in which the value got furthest.
 * A union of different shapes stays as it is, because none of them came closer than the others.
 */
export function innermost(issue: Issue): Issue {
  if (issue.code === 'invalid_element') {
    const [first] = issue.issues;
    return first === undefined ? issue : innermost(prefixed(first, issue.path));
  }
  if (issue.code !== 'invalid_union') return issue;
  const failures = issue.errors.flat().map((each) => innermost(prefixed(each, issue.path)));
  const deepest = failures.reduce((depth, each) => Math.max(depth, depthOf(each)), 0);
  const closest = failures.find((each) => depthOf(each) === deepest);
  return closest === undefined || deepest <= issue.path.length ? issue : closest;
}

const prefixed = (issue: Issue, path: readonly PropertyKey[]): Issue => ({ ...issue, path: [...path, ...issue.path] });

/** A key too many is one step further in than the mapping that holds it. */
const depthOf = (issue: Issue): number => issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0);

/** What was expected, in our words. */
export function wordIssue(issue: Issue, value: Value): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? 'another value';
    case 'invalid_value':
      if (issue.values.length === 1) return `\`${String(issue.values[0])}\``;
      return oneOf(issue.values.map(String), value.type === 'text' ? value.text : undefined);
    case 'too_small':
      return bound(issue.origin, issue.minimum, issue.inclusive === false ? 'more than' : 'at least');
    case 'too_big':
      return bound(issue.origin, issue.maximum, issue.inclusive === false ? 'less than' : 'at most');
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return 'text of another form';
    case 'invalid_union':
      return alternatives(issue, value);
    case 'custom':
      // The kind's author wrote this sentence, unless there is none.
      return issue.message === '' || issue.message === 'Invalid input' ? 'another value' : issue.message;
    default:
      return 'another value';
  }
}

/** A value that would satisfy the issue, as YAML, or an ellipsis where only the kind's author could tell. */
export function exampleValue(issue: Issue, value: Value): string {
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String);
      return (value.type === 'text' ? nearest(value.text, values) : undefined) ?? values[0] ?? '…';
    }
    case 'too_small':
      return isNumber(issue.origin) ? String(issue.minimum) : '…';
    case 'too_big':
      return isNumber(issue.origin) ? String(issue.maximum) : '…';
    case 'invalid_type':
      if (isNumber(issue.expected)) return value.type === 'number' ? String(Math.round(value.number)) : '1';
      return issue.expected === 'boolean' ? 'true' : '…';
    default:
      return '…';
  }
}

const isNumber = (type: string): boolean => type === 'number' || type === 'int';

function bound(origin: string, limit: number | bigint, comparison: string): string {
  if (limit === 1 && comparison === 'at least' && origin === 'string') return 'a text that is not empty';
  if (limit === 1 && comparison === 'at least' && origin === 'array') return 'a list that is not empty';
  if (origin === 'string') return `text of ${comparison} ${limit} characters`;
  if (origin === 'array' || origin === 'set') return `a list of ${comparison} ${limit}`;
  if (origin === 'object' || origin === 'record' || origin === 'map') return `a mapping of ${comparison} ${limit} keys`;
  return `${origin === 'int' ? 'a whole number' : 'a number'} of ${comparison} ${limit}`;
}

function alternatives(issue: Extract<Issue, { readonly code: 'invalid_union' }>, value: Value): string {
  const options: unknown = 'options' in issue ? issue.options : undefined;
  if (Array.isArray(options)) return oneOf(options.map(String), value.type === 'text' ? value.text : undefined);
  const expected = issue.errors.flat().map((each) => wordIssue(each, value));
  return expected.length === 0 ? 'another value' : [...new Set(expected)].join(', or ');
}
