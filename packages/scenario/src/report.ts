import { type Problem, SourceText } from './problem.ts';
import { printable } from './wording.ts';

/** What a message says, without its place. */
export interface Complaint {
  /** What stands in the file. */
  readonly found: string;
  /** What could stand there, as a noun. */
  readonly expected: string;
  /** YAML that would be right. */
  readonly write: string;
}

const MOST_PROBLEMS = 20;

/**
 * Collects what is wrong with a file. A complaint is only put into words when it is among those that are
 * shown: finding the nearest name is costly, and a hostile file can hold a hundred thousand mistakes.
 */
export class Report {
  readonly #entries: { readonly at: number; readonly describe: () => Complaint }[] = [];

  get count(): number {
    return this.#entries.length;
  }

  /** `at` is an offset in the text. */
  add(at: number, describe: () => Complaint): void {
    this.#entries.push({ at, describe });
  }

  /** Adds every complaint of this report to another one, in other words. */
  forward(to: Report, reword: (complaint: Complaint) => Complaint): void {
    for (const { at, describe } of this.#entries) to.add(at, () => reword(describe()));
  }

  /** The first complaints in the order of the file, each once (an alias can bring one mistake to many places). */
  problems(file: string, text: string): readonly Problem[] {
    const source = new SourceText(text);
    const problems = new Map<string, Problem>();
    for (const { at, describe } of this.#entries.toSorted((a, b) => a.at - b.at)) {
      const complaint = shown(describe());
      const key = `${at} ${complaint.found}`;
      if (!problems.has(key)) problems.set(key, { file, ...source.placeAt(at), ...complaint });
      if (problems.size === MOST_PROBLEMS) break;
    }
    return [...problems.values()];
  }
}

/** Texts of a kind may repeat the file as it is; nobody may write to a terminal by way of a message. */
function shown({ found, expected, write }: Complaint): Complaint {
  const lines = write.split('\n').map(printable);
  return { found: printable(found), expected: printable(expected), write: lines.join('\n') };
}
