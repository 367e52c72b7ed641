/** Real time, handed in so that tests can say what time it is. */
export interface HostClock {
  /** Milliseconds since some instant; it never goes back. */
  nowMs(): number;
}

export const hostClock: HostClock = { nowMs: () => performance.now() };
