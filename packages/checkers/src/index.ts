export { type HistorySubject, TraceHistory } from './history/from-trace.ts';
export type * from './history/history.ts';
export { type HistoryFormat, historyText } from './history/writing/history-text.ts';
export type * from './invariant.ts';
