import type { HistoryValue } from '../history.ts';
import { isList } from '../value-text.ts';
import { BadHistory, EXAMPLE_EVENT } from './bad-history.ts';
import { parseEdn } from './edn.ts';
import { type Element, ElementSplitter, LONGEST_ELEMENT, tooLong } from './element-splitter.ts';
import { historyEvent, type PlacedEvent, THE_ONLY_PROCESS } from './history-event.ts';
import { parseJsonElement } from './json-element.ts';
import { isLogLine, parseLogLine } from './log-line.ts';
import { withProcesses } from './unnamed-processes.ts';

export type HistoryFormat = 'edn' | 'json';

/** A first line that is longer is none of a log. */
const FIRST_LINE = 1 << 12;

/** More would not fit into memory beside what the checkers need. */
const MOST_EVENTS = 4_000_000;

/**
 * Reads a history that arrives in pieces of text, in EDN as Jepsen writes it or in JSON as elle-cli takes it: one map
 * per operation, on lines of their own or in one list; or lines of Jepsen's log. The format is told by the first operation; `hint` (from the
 * ending of a file's name) decides only where the text does not. Throws {@link BadHistory} for what is no history.
 */
export class HistoryReader {
  readonly #events: PlacedEvent[] = [];
  readonly #splitter = new ElementSplitter((element) => this.#element(element));
  readonly #hint: HistoryFormat | undefined;
  #format: HistoryFormat | undefined;
  #elements = 0;
  #hasList = false;
  /** Text of which it is not known yet whether it is a log; undefined once it is. */
  #beginning: string | undefined = '';
  /** Whether this is a log, and the line of it that has not ended. */
  #log: string | undefined;
  #logLines = 0;

  constructor(hint?: HistoryFormat) {
    this.#hint = hint;
  }

  push(text: string): void {
    if (this.#beginning === undefined) {
      this.#read(text);
      return;
    }
    this.#beginning += text;
    const begun = this.#beginning.trimStart();
    if (begun.includes('\n') || begun.length > FIRST_LINE) this.#begin();
  }

  /** All events in the order of the text. */
  end(): readonly PlacedEvent[] {
    if (this.#beginning !== undefined) this.#begin();
    if (this.#log !== undefined) this.#read('\n');
    this.#splitter.end();
    if (this.#elements === 0 && !this.#splitter.sawList)
      throw new BadHistory({
        found: 'nothing at all',
        expected: 'the operations of a history',
        example: EXAMPLE_EVENT,
      });
    if (this.#format === 'json' && this.#hasList) this.#requireCommas(this.#splitter.trailingCommas, 0, undefined);
    const unnamed = this.#events.find(({ process }) => process === THE_ONLY_PROCESS);
    if (unnamed !== undefined && this.#events.some(({ process }) => process !== THE_ONLY_PROCESS))
      throw new BadHistory({
        line: unnamed.line,
        found: 'an operation without :process, although others have one',
        expected: 'a process for every operation',
        example: EXAMPLE_EVENT,
      });
    return unnamed === undefined ? this.#events : withProcesses(this.#events);
  }

  /** Tells a log from all else by its first line. */
  #begin(): void {
    const text = this.#beginning as string;
    this.#beginning = undefined;
    const [first = ''] = text.trimStart().slice(0, FIRST_LINE).split('\n', 1);
    if (isLogLine(first)) this.#log = '';
    this.#read(text);
  }

  #read(text: string): void {
    if (this.#log === undefined) this.#splitter.push(text);
    else this.#readLog(this.#log + text);
  }

  #readLog(text: string): void {
    const lines = text.split('\n');
    this.#log = lines.pop() as string;
    if (this.#log.length > LONGEST_ELEMENT) throw tooLong(this.#logLines + 1);
    for (const line of lines) {
      this.#logLines++;
      if (line.trim() === '') continue;
      this.#elements++;
      this.#event(parseLogLine(line, this.#logLines), this.#logLines);
    }
  }

  #element(element: Element): void {
    this.#format ??= formatOf(element.text) ?? this.#hint ?? 'edn';
    if (this.#format === 'json' && element.listed)
      this.#requireCommas(element.commas, this.#elements === 0 ? 0 : 1, element.line);
    this.#elements++;
    this.#hasList ||= element.listed;
    const parse = this.#format === 'json' ? parseJsonElement : parseEdn;
    const form = parse(element.text, element.line);
    if (form !== undefined) this.#add(form, element);
  }

  #add(form: HistoryValue, { line, listed }: Element): void {
    // A list with a tag around it (`#jepsen.history.History [...]`) comes as one form.
    if (isList(form) && !listed && this.#events.length === 0) for (const inner of form) this.#event(inner, line);
    else this.#event(form, line);
  }

  #event(form: HistoryValue, line: number): void {
    if (this.#events.length >= MOST_EVENTS)
      throw new BadHistory({
        line,
        found: `more than ${MOST_EVENTS} events`,
        expected: 'a shorter history: check keys or spans of time apart',
      });
    this.#events.push(historyEvent(form, this.#events.length, line));
  }

  #requireCommas(found: number, expected: number, line: number | undefined): void {
    if (found === expected) return;
    throw new BadHistory({
      ...(line === undefined ? {} : { line }),
      found: expected === 0 ? 'a comma with no operation beside it' : `${found} commas between two operations`,
      expected: 'one comma between any two operations of a JSON list',
      example: '[{"process":0,"type":"invoke","f":"read"},{"process":0,"type":"ok","f":"read","value":1}]',
    });
  }
}

/** JSON begins a map with a string, EDN with a keyword; a tag is EDN. */
function formatOf(text: string): HistoryFormat | undefined {
  if (/^\{\s*"/.test(text)) return 'json';
  return /^(?:\{\s*[,:;#\w]|#|\()/.test(text) ? 'edn' : undefined;
}

/** The history in a text that is at hand as a whole. */
export function parseHistory(text: string, hint?: HistoryFormat): readonly PlacedEvent[] {
  const reader = new HistoryReader(hint);
  reader.push(text);
  return reader.end();
}
