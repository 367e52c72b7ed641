import { formatProblem, type Problem } from '@faultline/scenario';
import type { ServerMessageOf } from '../../protocol/server-messages.ts';

type ProblemMessage = ServerMessageOf<'problem'>;

/** Something that was asked for cannot be done: shown to the person who asked, and nothing else changes. */
export class Refusal extends Error {
  readonly answer: ProblemMessage;

  constructor(where: ProblemMessage['where'], text: string, problems?: ProblemMessage['problems']) {
    super(text);
    this.answer = { type: 'problem', where, text, ...(problems ? { problems } : {}) };
  }
}

/** What is wrong with the text of a scenario, with its places, in the words of the command line. */
export function scenarioRefusal(problems: readonly Problem[], text: string): Refusal {
  const told = problems.map((problem) => ({ ...problem, text: formatProblem(problem, text) }));
  return new Refusal(
    'scenario',
    told.map((problem) => problem.text).join('\n\n'),
    told.map(({ line, column, found, expected, write, text }) => ({ line, column, found, expected, write, text })),
  );
}
