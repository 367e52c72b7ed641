/** Takes one line of figures. */
export type Print = (line: string) => void;

export const ms = (value = 0): string => `${value.toFixed(0).padStart(6)} ms`;
export const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0).padStart(6)} MB`;

/** Median, 95th percentile and longest of some times. */
export function figures(tookMs: readonly number[]): string {
  const sorted = [...tookMs].sort((a, b) => a - b);
  const [median, p95, longest] = [0.5, 0.95, 1].map((share) => sorted[Math.ceil(share * sorted.length) - 1]);
  return `median ${ms(median)}, p95 ${ms(p95)}, longest ${ms(longest)}`;
}

export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return performance.now() - beganMs;
}
