import type { DeploymentKind, PlacementProblem } from '@faultline/models';
import { z } from 'zod';
import { unknownKey } from './mapping.ts';
import type { Complaint, Report } from './report.ts';
import { exampleValue, type Issue, innermost, wordIssue } from './schema-wording.ts';
import { describeValue, type MappingValue, placeOf, plain, type Value } from './value.ts';
import { quote } from './wording.ts';

/**
 * Lets the kind's own schema read the keys of a database that are not ours. The parameters come in a wrapper,
 * because a schema may make anything of them.
 */
export function readParameters(
  database: MappingValue,
  kind: DeploymentKind,
  ownKeys: readonly string[],
  report: Report,
): { readonly data: unknown } | undefined {
  const entries = new Map([...database.entries].filter(([key]) => !ownKeys.includes(key)));
  const parameters: MappingValue = { ...database, entries };
  const result = kind.parameters.safeParse(plain(parameters));
  if (result.success) return { data: result.data };
  for (const issue of result.error.issues) reportIssue(innermost(issue), parameters, kind, ownKeys, report);
  return undefined;
}

function reportIssue(
  issue: Issue,
  parameters: MappingValue,
  kind: DeploymentKind,
  ownKeys: readonly string[],
  report: Report,
): void {
  const { value, missing } = follow(parameters, issue.path);
  if (issue.code === 'unrecognized_keys' && value.type === 'mapping') {
    for (const key of issue.keys) {
      const entry = value.entries.get(key) ?? value;
      const known = [...(issue.path.length === 0 ? ownKeys : []), ...keysAt(kind.parameters, issue.path)];
      report.add(entry.keyAt, () => unknownKey(key, entry, known));
    }
    return;
  }
  if (issue.code === 'invalid_key') {
    const key = String(issue.path.at(-1));
    report.add(value.keyAt, () => ({
      found: `the key ${quote(key)}`,
      expected: issue.issues[0] === undefined ? 'another key' : wordIssue(issue.issues[0], value),
      write: exampleLine(kind, issue.path[0]) ?? `${String(issue.path[0])}: …`,
    }));
    return;
  }
  report.add(missing === undefined ? placeOf(value) : value.at, () => issueComplaint(issue, value, missing, kind));
}

function issueComplaint(issue: Issue, value: Value, missing: string | undefined, kind: DeploymentKind): Complaint {
  const expected = wordIssue(issue, value);
  const key = missing ?? issue.path.findLast((part) => typeof part === 'string');
  const write =
    exampleLine(kind, key) ?? exampleLine(kind, issue.path[0]) ?? `${String(key)}: ${exampleValue(issue, value)}`;
  if (missing === undefined) return { found: describeValue(value), expected, write };
  return { found: `no key \`${missing}\` in this mapping`, expected: `\`${missing}\`: ${expected}`, write };
}

/** Reports what a kind says about its parameters beside the topology. */
export function reportPlacementProblem(problem: PlacementProblem, database: MappingValue, report: Report): void {
  const { value, missing } = follow(database, problem.path);
  const { found, expected, write } = problem;
  report.add(missing === undefined ? placeOf(value) : value.at, () => ({ found, expected, write }));
}

/** The value at a path, or the innermost mapping or list that the path leaves, with the key it has not. */
function follow(from: Value, path: readonly PropertyKey[]): { readonly value: Value; readonly missing?: string } {
  let value = from;
  for (const part of path) {
    const next =
      value.type === 'mapping'
        ? value.entries.get(String(part))
        : value.type === 'list'
          ? value.items[Number(part)]
          : undefined;
    if (next === undefined) return { value, missing: String(part) };
    value = next;
  }
  return { value };
}

/** The line of the kind's example that sets `key`. */
function exampleLine(kind: DeploymentKind, key: PropertyKey | undefined): string | undefined {
  const lines = kind.example.split('\n').map((line) => line.trim());
  return lines.find((line) => line.startsWith(`${String(key)}:`));
}

/** Keys that the schema knows in the mapping at `path`; none where the schema is of a sort without keys. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  let schemas = shapes(schema);
  for (const part of path) schemas = schemas.flatMap((each) => within(each, String(part)));
  return [...new Set(schemas.flatMap((each) => (each instanceof z.ZodObject ? Object.keys(each.shape) : [])))];
}

function within(schema: unknown, key: string): readonly unknown[] {
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, key) ? shapes(schema.shape[key]) : [];
  if (schema instanceof z.ZodArray) return shapes(schema.element);
  return schema instanceof z.ZodRecord ? shapes(schema.valueType) : [];
}

/** A schema without what only says that it may be left out or what is made of it; a union as its parts. */
function shapes(schema: unknown): readonly unknown[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(shapes);
  if (schema instanceof z.ZodPipe) return shapes(schema.in);
  const wraps =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly;
  return wraps ? shapes(schema.unwrap()) : [schema];
}
