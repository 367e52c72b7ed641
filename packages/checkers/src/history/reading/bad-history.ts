/** What is wrong with a history, for the person who made it. */
export interface HistoryProblem {
  /** Counted from 1; undefined where no line can be named. */
  readonly line?: number;
  readonly found: string;
  readonly expected: string;
  /** How to write it right. */
  readonly example?: string;
}

/** Thrown by everything that reads or pairs a history. Its message is one sentence, without the name of the file. */
export class BadHistory extends Error {
  readonly problem: HistoryProblem;

  constructor(problem: HistoryProblem) {
    const where = problem.line === undefined ? '' : `line ${problem.line}: `;
    const example = problem.example === undefined ? '' : `; for example ${problem.example}`;
    super(`${where}found ${problem.found}, expected ${problem.expected}${example}`);
    this.problem = problem;
  }
}

export const EXAMPLE_EVENT = '{:process 0, :type :invoke, :f :read, :value nil}';

const SHOWN = 60;

/** The beginning of a text as it may stand in a message: quoted, on one line, and short. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}
