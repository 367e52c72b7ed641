/** A queue that cannot be used, in words for the person who named it. */
export class QueueError extends Error {}
