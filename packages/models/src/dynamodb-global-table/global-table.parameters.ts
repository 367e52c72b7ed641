import { z } from 'zod';

/** What a scenario says of a global table. */
export const parameters = z.strictObject({
  /** Eventual consistency between Regions (MREC), or strong (MRSC). */
  mode: z.enum(['mrec', 'mrsc']),
  regions: z.array(z.string()).min(2),
  /** MRSC: a Region that keeps the journal and serves nobody. */
  witness: z.string().optional(),
  /** MREC: how far a Region's clock may be off, at the most. */
  clockError: z
    .string()
    .regex(/^\d+(\.\d+)?(ms|s)$|^\d+us$/, { message: 'a duration such as 1ms' })
    .optional(),
});

export type GlobalTableParameters = z.output<typeof parameters>;
