import { describe, expect, it } from 'vitest';
import { equivalents } from './equivalents.ts';
import { subjects } from './subjects.ts';

const all = [...subjects().values()].map((subject) => subject());

describe('mutants', () => {
  it.each(all)('of $name have names of their own', ({ mutants }) => {
    const names = mutants.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('that are called equivalent exist, and once', () => {
    const known = new Set(all.flatMap(({ name, mutants }) => mutants.map((mutant) => `${name} ${mutant.name}`)));
    const listed = equivalents.map(({ subject, mutant }) => `${subject} ${mutant}`);
    expect(listed.filter((one, index) => !known.has(one) || listed.indexOf(one) !== index)).toEqual([]);
  });
});
