/** Simulated seconds in a second, as the page offers them. */
export const SPEEDS: readonly number[] = [0.1, 0.5, 1, 2, 5, 10, 30, 100, 300, 1_000];

/** The next speed up or down. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  const known = direction === 1 ? SPEEDS.find((one) => one > speed) : SPEEDS.findLast((one) => one < speed);
  return known ?? speed;
}
