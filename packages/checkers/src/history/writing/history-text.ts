import type { HistoryEvent } from '../history.ts';
import type { HistoryFormat } from '../reading/history-reader.ts';
import { ednText } from './edn-text.ts';

/** The pieces of a file that holds a history: `head`, one `line` for each event, `tail`. */
export interface HistoryText {
  readonly head: string;
  line(event: HistoryEvent): string;
  readonly tail: string;
}

/** `edn`: one map on each line, as Jepsen keeps its histories. `json`: one array of objects. Both as elle-cli takes them. */
export function historyText(format: HistoryFormat): HistoryText {
  return format === 'edn' ? edn : json;
}

const edn: HistoryText = { head: '', line: (event) => `${ednText(event)}\n`, tail: '' };

const json: HistoryText = {
  head: '[',
  line: (event) => `${event.index === 0 ? '' : ','}\n${JSON.stringify(event)}`,
  tail: '\n]\n',
};
