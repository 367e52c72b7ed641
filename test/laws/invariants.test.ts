import { invariants, sometimes } from '@faultline/checkers';
import { alwaysExpectations, sometimesExpectations } from '@faultline/scenario';
import { describe, expect, it } from 'vitest';
import { readProjectFile } from './project-files.ts';

describe('law: scenarios, checkers and their table speak of the same invariants', () => {
  it('a scenario may expect every invariant, and nothing else, always', () => {
    expect(Object.keys(alwaysExpectations).sort()).toEqual(invariants.map(({ name }) => name).sort());
  });

  it('what has to be seen sometimes may be expected of one scenario as well', () => {
    expect(Object.keys(sometimesExpectations)).toEqual(expect.arrayContaining(sometimes.map(({ name }) => name)));
  });

  it('the README of the checkers lists every one', () => {
    const readme = readProjectFile('packages/checkers/README.md');
    const missing = [...invariants, ...sometimes].filter(({ name }) => !readme.includes(`\`${name}\``));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('names are unique, and each says who promises it', () => {
    const names = [...invariants, ...sometimes].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(invariants.filter(({ promisedBy }) => promisedBy.length === 0)).toEqual([]);
  });
});
