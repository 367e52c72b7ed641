import type { Distribution } from '@faultline/clock';
import {
  clientReference,
  type Declared,
  databaseReference,
  type EndpointReference,
  endpointReference,
} from './declared.ts';
import { distribution } from './distributions.ts';
import { contradict, list, mapping, openMapping, optional, presentOnly, readNamed, required } from './mapping.ts';
import { derive, oneWordOf, type Reader } from './reader.ts';
import type { Report } from './report.ts';
import type { OperatorSpec } from './scenario.ts';
import type { Value } from './value.ts';
import { quote } from './wording.ts';

const KEYS = ['database', 'reactions', 'refuses', 'repoint'];
const shape = {
  expects: 'a mapping with database',
  example: '{ database: orders, reactions: { promote-replica: 5m } }',
};

/** Readers of what an operator may name, made once for all operators. */
interface References {
  readonly database: Reader<string>;
  readonly client: Reader<string>;
  readonly endpoint: Reader<EndpointReference>;
}

/** The people who do what the provider leaves to its customer; one for a database at the most. */
export function operators(declared: Declared): Reader<ReadonlyMap<string, OperatorSpec | null>> {
  const named = { expects: 'operators by name', example: `{ oncall: ${shape.example} }` };
  return {
    ...named,
    read(value, report) {
      const references: References = {
        database: databaseReference(declared.databases),
        client: clientReference(declared.clients),
        endpoint: endpointReference(declared.databases),
      };
      const read = (name: string, entry: Value) => readOperator(name, entry, report, declared, references);
      const people = readNamed(value, report, named, read);
      if (people !== undefined) reportSharedDatabases(value, people, report);
      return people;
    },
  };
}

function readOperator(
  name: string,
  value: Value,
  report: Report,
  declared: Declared,
  references: References,
): OperatorSpec | undefined {
  const keys = openMapping(value, report, shape, KEYS);
  const database = keys?.required('database', references.database);
  if (keys === undefined || database === undefined) return undefined;
  const known = declared.databases.get(database);
  // Which steps there are is the kind's to say, and the kind of a database that is wrong is not known.
  if (!known) return undefined;
  const steps = Object.keys(known.kind.operatorSteps);
  const step = oneWordOf(steps);
  const reactions = keys.optional('reactions', reactionsOf(steps), {});
  const refuses = keys.optional('refuses', list(step, { max: 100 }), []);
  const repoints = keys.optional('repoint', list(repointing(step, references), { max: 1_000 }), []);
  if (reactions === undefined || refuses === undefined || repoints === undefined) return undefined;
  return { name, database, reactions, refuses, repoints };
}

function reactionsOf(steps: readonly string[]): Reader<Readonly<Record<string, Distribution>>> {
  const fields = Object.fromEntries(steps.map((step) => [step, optional(distribution, null)]));
  return derive(mapping('reaction times by step', fields), presentOnly);
}

function repointing(step: Reader<string>, { client, endpoint }: References) {
  const fields = mapping('a mapping with after, client and to', {
    after: required(step),
    client: required(client),
    to: required(endpoint),
  });
  return derive(fields, (parts) => ({ ...parts, to: parts.to.text }));
}

function reportSharedDatabases(value: Value, people: ReadonlyMap<string, OperatorSpec | null>, report: Report): void {
  const inCharge = new Map<string, string>();
  for (const [name, person] of people) {
    if (person === null || value.type !== 'mapping') continue;
    const other = inCharge.get(person.database);
    inCharge.set(person.database, other ?? name);
    const entry = value.entries.get(name);
    if (other === undefined || entry === undefined) continue;
    const found = `a second operator for ${quote(person.database)}, beside ${quote(other)}`;
    contradict(entry, report, found, 'one operator for a database', shape.example);
  }
}
