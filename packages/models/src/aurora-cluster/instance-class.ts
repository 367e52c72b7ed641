import { z } from 'zod';

const NAMED = ['medium', 'large', 'xlarge'];
const PATTERN = /^(?:medium|large|xlarge|([1-9]\d?)xlarge)$/;

/** Size of an instance class as in `db.r8g.2xlarge`. */
export const instanceSize = z.string().regex(PATTERN, { message: 'the size of an instance class such as 2xlarge' });

/** A number that grows with the size. */
export function sizeRank(size: string): number {
  const times = PATTERN.exec(size)?.[1];
  return times === undefined ? NAMED.indexOf(size) : NAMED.length + Number(times);
}
