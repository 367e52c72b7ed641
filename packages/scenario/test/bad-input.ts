import { expect, test } from 'vitest';
import { parseScenario } from '../src/parse.ts';
import { fakeKinds } from './fake-kinds.ts';

/** The smallest scenario with a database, clients, work and a fault. */
export const SMALL_SCENARIO = `scenario: small
seed: 7
horizon: 20m
topology:
  regions:
    us-east-1: [use1-az1, use1-az2]
    eu-west-1: [euw1-az1]
  databases:
    orders:
      model: fake.pair
      primary: use1-az1
      standby: use1-az2
  clients:
    checkout: { connectsTo: orders, from: use1-az1 }
workload:
  - { client: checkout, op: write, arrivals: { poisson: 200/s } }
faults:
  - { at: 3m, fail: orders.primary, cause: host-failure }
`;

/** The small scenario with one passage replaced by another. */
export function edited(passage: string, by: string): string {
  if (!SMALL_SCENARIO.includes(passage)) throw new Error(`The small scenario does not contain ${passage}`);
  return SMALL_SCENARIO.replace(passage, () => by);
}

/** The small scenario with other settings of its client. */
export const withClient = (client: string) => edited('{ connectsTo: orders, from: use1-az1 }', client);

/** The small scenario with another key of its database. */
export const withKey = (line: string) => edited('standby: use1-az2', `standby: use1-az2\n      ${line}`);

/** The small scenario with another part of its topology. */
export const withPart = (line: string) => edited('  clients:', `  ${line}\n  clients:`);

/** The small scenario with other work. */
export const withWork = (work: string) => edited('{ client: checkout, op: write, arrivals: { poisson: 200/s } }', work);

/** The small scenario with another fault. */
export const withFault = (fault: string) => edited('{ at: 3m, fail: orders.primary, cause: host-failure }', fault);

/** The small scenario with something expected of it. */
export const withExpect = (expectations: string) => `${SMALL_SCENARIO}expect: ${expectations}\n`;

/** Where a problem is, what was found, what was expected, and how to write it. */
export type Told = readonly [place: string, found: string, expected: string, write: string];

/** A text, and everything that is said about it. */
export type BadInput = readonly [name: string, text: string, ...told: Told[]];

/** One test for each row of a table of bad inputs. */
export function refusesEach(table: readonly BadInput[]): void {
  test.each(table.map(([name, text, ...told]) => ({ name, text, told })))('$name', ({ text, told }) => {
    const result = parseScenario(text, 'bad.yaml', fakeKinds);
    const problems = result.ok ? [] : result.problems;
    expect(problems.map((each) => [`${each.line}:${each.column}`, each.found, each.expected, each.write])).toEqual(
      told,
    );
  });
}
