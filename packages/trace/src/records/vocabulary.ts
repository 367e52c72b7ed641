/** The parts of an outage, in the order in which they usually follow one another. */
export const PHASES = [
  'detection',
  'decision',
  'promotion',
  'recovery',
  'endpoint-change',
  'dns-cache',
  'reconnect',
  'first-success',
] as const;
export type Phase = (typeof PHASES)[number];

/** Who does the work in a phase: the service, its customer, or both. */
export type Actor = 'provider' | 'customer' | 'shared';

/** Where a number comes from: published, measured by somebody, or assumed by us. */
export type Grade = 'documented' | 'measured' | 'assumed';
