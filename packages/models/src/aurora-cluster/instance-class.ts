import { z } from 'zod';

const NAMED = ['medium', 'large', 'xlarge'];
const PATTERN = /^(?:medium|large|xlarge|([1-9]\d?)xlarge)$/;

/** Size of an instance class as in `db.r8g.2xlarge`; becomes a rank that grows with it. */
export const instanceSize = z
  .string()
  .regex(PATTERN, { message: 'the size of an instance class such as 2xlarge' })
  .transform((size) => {
    const times = PATTERN.exec(size)?.[1];
    return times === undefined ? NAMED.indexOf(size) : NAMED.length + Number(times);
  });
