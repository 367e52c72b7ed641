import { describe, expect, it } from 'vitest';
import type { Invariant } from '../invariant.ts';
import { invariants } from '../registry.ts';
import { examplesOfLogs } from '../testing/examples-of-logs.ts';
import { examplesOfService } from '../testing/examples-of-service.ts';
import { breachesOf, end, fault, header, pending, state } from '../testing/hand-made-trace.ts';

const examples = [...examplesOfLogs, ...examplesOfService];
const instance = header('rds.multi-az-instance');

const named = (name: string) => invariants.find((invariant) => invariant.name === name) as Invariant;

describe.each(examples.map((example, index) => [`${example.name} (${index + 1})`, example] as const))(
  '%s',
  (_, example) => {
    const invariant = named(example.name);

    it('holds', () => expect(breachesOf(invariant, example.head, example.holds)).toEqual([]));

    it('is broken, and says so in a sentence with evidence of this run', () => {
      const [first] = breachesOf(invariant, example.head, example.breaks);
      expect(first?.invariant).toBe(example.name);
      expect(first?.what).toMatch(/^[\w].*\.$/);
      for (const record of first?.evidence ?? []) expect(example.breaks).toContain(record);
    });
  },
);

describe('invariants', () => {
  it('each have a trace that breaks them', () => {
    const shown = new Set(examples.map(({ name }) => name));
    expect(invariants.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  });

  it('do not judge what was lost while a fault still holds', () => {
    const open = [fault('started', 10, 'az-outage'), state(30, 'blocked', []), pending(40), end(40)];
    expect(breachesOf(named('returns-to-service'), instance, open)).toEqual([]);
  });
});
