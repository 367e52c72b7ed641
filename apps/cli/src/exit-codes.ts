/** Exit codes of every command; 64 to 70 follow sysexits(3). */
export const EXIT = {
  /** Objectives met, expectations held. */
  ok: 0,
  violated: 1,
  /** Neither could be told, for example because the run ended too early. */
  inconclusive: 2,
  usage: 64,
  badInput: 65,
  ourFault: 70,
} as const;

/** Ends a command with a message for people and no stack trace. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}
