import { z } from 'zod';
import type { DeploymentKind } from './kind.ts';

/** One key that a scenario may set for a database of a kind. */
export interface ParameterEntry {
  readonly parameter: string;
  /** What it may be, e.g. `one of mrec, mrsc`, `a whole number from 1 to 64`, `text`. */
  readonly values: string;
  readonly required: boolean;
  /** What applies where the key is not there, as JSON; null where that depends on the other keys. */
  readonly default: string | null;
}

/** The keys that a kind reads for itself, in the order of its schema; nested keys are named with dots. */
export function parameterList(kind: DeploymentKind): readonly ParameterEntry[] {
  const schema = z.toJSONSchema(kind.parameters, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return entriesOf(schema, '');
}

/** The part of JSON Schema that zod writes for our parameters. */
interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
}

function entriesOf(schema: JsonSchema, prefix: string): readonly ParameterEntry[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const parameter = `${prefix}${name}`;
    const entry = {
      parameter,
      values: valuesOf(property),
      required: schema.required?.includes(name) ?? false,
      default: property.default === undefined ? null : JSON.stringify(property.default),
    };
    const inner = typeof property.additionalProperties === 'object' ? property.additionalProperties : undefined;
    return [entry, ...entriesOf(property, `${parameter}.`), ...(inner ? entriesOf(inner, `${parameter}.<name>.`) : [])];
  });
}

function valuesOf(schema: JsonSchema): string {
  if (schema.enum) return `one of ${schema.enum.map(String).join(', ')}`;
  if (schema.const !== undefined) return String(schema.const);
  if (schema.anyOf) return schema.anyOf.map(valuesOf).join(', or ');
  if (schema.type === 'array') return `a list: ${valuesOf(schema.items ?? {})}`;
  if (schema.type === 'object') return schema.properties ? 'a mapping' : 'a mapping by name';
  if (schema.type === 'integer' || schema.type === 'number') return `${NUMBERS[schema.type]}${rangeOf(schema)}`;
  return TYPES[schema.type ?? ''] ?? 'text';
}

const NUMBERS = { integer: 'a whole number', number: 'a number' } as const;
const TYPES: Readonly<Record<string, string>> = { string: 'text', boolean: 'true or false', null: 'none' };

function rangeOf({ minimum, maximum }: JsonSchema): string {
  const isBound = (value: number | undefined): value is number =>
    value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (isBound(minimum) && isBound(maximum)) return ` from ${minimum} to ${maximum}`;
  if (isBound(minimum)) return ` from ${minimum}`;
  return isBound(maximum) ? ` up to ${maximum}` : '';
}
