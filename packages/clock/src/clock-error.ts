/** A request that the clock refuses: an impossible delay or instant, a nameless stream, a step within a step. */
export class ClockError extends Error {
  override readonly name = 'ClockError';
}
