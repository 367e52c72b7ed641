import { kinds } from '@faultline/models';
import { inject } from 'vitest';
import { BREAKER } from './breaker.ts';
import { ChartBreaker } from './chart-breaker.ts';
import { SourceBreaker } from './source-breaker.ts';

// Loaded before every test file; the breaker has to be the same for all of them, as what it breaks is.
const world = globalThis as { [BREAKER]?: unknown };
if (world[BREAKER] === undefined) {
  const kind = kinds.get(inject('hunt').subject);
  world[BREAKER] = kind ? new ChartBreaker(kind) : new SourceBreaker();
}
