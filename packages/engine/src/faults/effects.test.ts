import { causes } from '@faultline/scenario';
import { expect, it } from 'vitest';
import { effects } from './effects.ts';

it('every cause of the catalogue does something, and nothing else is injected', () => {
  expect(Object.keys(effects).sort()).toEqual([...causes.keys()].sort());
});
