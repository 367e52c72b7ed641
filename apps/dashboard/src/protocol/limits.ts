/** Raised whenever a message changes its meaning; both ends refuse to talk across versions. */
export const PROTOCOL_VERSION = 2;

/** Where the socket is. */
export const SOCKET_PATH = '/ws';

/** Speeds of play: simulated seconds in a second. */
export const SLOWEST = 0.1;
export const FASTEST = 1_000;

/** Lanes of a race. */
export const LANES_MIN = 2;
export const LANES_MAX = 6;

/** Trials of each kind in a race's distribution. */
export const TRIALS_MAX = 2_000;

/** Longest scenario that a page may send, in bytes: many times the longest that comes with the project. */
export const SCENARIO_BYTES_MAX = 96 * 1024;

/** Longest message from a page, in bytes: the longest scenario with every character escaped. */
export const MESSAGE_BYTES_MAX = 256 * 1024;

/** Faults that one session may have, those of its scenario included. */
export const FAULTS_MAX = 200;
