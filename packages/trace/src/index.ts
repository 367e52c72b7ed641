export { canonicalLine } from './canonical.ts';
export { describeDifference, firstDifference, type TraceDifference } from './difference.ts';
export { digestOf, shortDigest, TraceDigest } from './digest.ts';
export * from './observations.ts';
export { parseLine } from './parse.ts';
export * from './records.ts';
