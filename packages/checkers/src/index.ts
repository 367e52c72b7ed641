export type * from './history/history.ts';
export type * from './invariant.ts';
export { invariants, sometimes } from './registry.ts';
export type { Sighting, Sometimes } from './sometimes.ts';
export { type Watches, watchAll } from './watch-all.ts';
