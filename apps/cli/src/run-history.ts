import { type HistoryFormat, type HistorySubject, historyText, TraceHistory } from '@faultline/checkers';
import type { Scenario } from '@faultline/scenario';
import type { TraceRecord } from '@faultline/trace';
import { CommandError, EXIT } from './exit-codes.ts';
import { StreamedFile } from './streamed-file.ts';

export const HISTORY_FORMATS: readonly HistoryFormat[] = ['edn', 'json'];
export const HISTORY_SUBJECTS: readonly HistorySubject[] = ['operations', 'transactions'];

/** How a history is asked for on the command line. */
export interface HistoryOptions {
  readonly history?: string;
  readonly historyFormat?: HistoryFormat;
  readonly historyOf?: HistorySubject;
}

/** The history of a run on disk, in a format that `faultline verify`, Jepsen and elle-cli read. */
export class HistoryFile {
  readonly #file: StreamedFile;
  readonly #history: TraceHistory;
  readonly #tail: string;

  constructor(path: string, format: HistoryFormat, subject: HistorySubject) {
    const { head, line, tail } = historyText(format);
    this.#file = new StreamedFile('--history', path, '--history run.edn');
    this.#tail = tail;
    this.#file.write(head);
    this.#history = new TraceHistory(subject, (event) => this.#file.write(line(event)));
  }

  add(record: TraceRecord): void {
    this.#history.add(record);
  }

  close(): void {
    this.#history.end();
    this.#file.write(this.#tail);
    this.#file.close();
  }
}

/** The file that the options ask for, or null; ends the command when they cannot be met. */
export function openHistory(options: HistoryOptions, scenario: Scenario): HistoryFile | null {
  const { history, historyFormat, historyOf } = options;
  if (history !== undefined)
    return new HistoryFile(history, historyFormat ?? formatOf(history), subjectOf(scenario, historyOf));
  if (historyFormat === undefined && historyOf === undefined) return null;
  const found = historyFormat === undefined ? '--history-of' : '--history-format';
  throw new CommandError(`${found}: found without --history, expected for example --history run.edn`, EXIT.usage);
}

function formatOf(path: string): HistoryFormat {
  const format = HISTORY_FORMATS.find((known) => path.endsWith(`.${known}`));
  if (format !== undefined) return format;
  throw new CommandError(
    `--history ${path}: found no format in the name, expected a name that ends in .edn or .json, or the format beside it, for example --history ${path} --history-format edn`,
    EXIT.usage,
  );
}

/** No checker judges single operations and transactions together: they use different keys. */
function subjectOf(scenario: Scenario, asked: HistorySubject | undefined): HistorySubject {
  const there = new Set(
    scenario.workload.map((work): HistorySubject => (work.action === 'transaction' ? 'transactions' : 'operations')),
  );
  const [only = 'operations', other] = there;
  if (asked === undefined && other === undefined) return only;
  if (asked !== undefined && (there.has(asked) || there.size === 0)) return asked;
  const found =
    asked === undefined
      ? `--history: found single operations and transactions in ${scenario.name}, which are histories of their own`
      : `--history-of ${asked}: found only ${only} in ${scenario.name}`;
  const expected = asked === undefined ? 'one of them by name' : 'what its clients ask for';
  throw new CommandError(
    `${found}; expected ${expected}, for example --history-of ${asked === undefined ? 'transactions' : only}`,
    EXIT.usage,
  );
}
