export type * from './history/history.ts';
export type * from './invariant.ts';
