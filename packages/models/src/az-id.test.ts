import { expect, it } from 'vitest';
import { azIdPrefix } from './az-id.ts';

it.each([
  ['us-east-1', 'use1'],
  ['ap-northeast-3', 'apne3'],
  ['ap-southeast-2', 'apse2'],
  ['eu-central-1', 'euc1'],
  ['us-gov-west-1', 'usgw1'],
])('the AZ ids of %s begin with %s', (region, prefix) => {
  expect(azIdPrefix(region)).toBe(prefix);
});
