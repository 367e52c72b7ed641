import type { DeploymentKind } from '@faultline/models';
import { z } from 'zod';

/** What a JSON schema says of one key. */
interface KeySchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
}

/**
 * The mapping of a database with one choice made differently: another engine, another word of an enumeration, the
 * other truth value. Read from the kind's own schema, so that a new kind is varied without a line of code here; some
 * of them the kind may refuse.
 */
export function* parameterChoices(
  kind: DeploymentKind,
  mapping: Readonly<Record<string, unknown>>,
): Generator<Readonly<Record<string, unknown>>> {
  for (const engine of kind.engines.slice(1)) yield { ...mapping, engine };
  const schema = z.toJSONSchema(kind.parameters, { io: 'input', unrepresentable: 'any' });
  for (const [key, value] of Object.entries((schema.properties ?? {}) as Readonly<Record<string, KeySchema>>)) {
    const words = value.enum ?? (value.type === 'boolean' ? [false, true] : []);
    for (const word of words) if (mapping[key] !== word) yield { ...mapping, [key]: word };
  }
}
