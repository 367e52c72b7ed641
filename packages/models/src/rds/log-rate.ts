import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };
const PATTERN = /^(\d+(?:\.\d+)?)(B|kB|MB|GB)\/s$/;

/** How much log the database writes beside the simulated operations, e.g. `20MB/s`. */
export const logRate = z.string().regex(PATTERN, { message: 'a rate such as 20MB/s' });

/** The rate in bytes per second. */
export function bytesPerSecond(rate: string): number {
  const [, number, unit] = PATTERN.exec(rate) ?? [];
  return Number(number) * (UNITS[unit as string] as number);
}
