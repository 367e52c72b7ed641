export type * from './history/history.ts';
export type * from './history/history-model.ts';
export { historyModels } from './history/history-models.ts';
export { CONSISTENCY_MODELS, DEFAULT_CONSISTENCY_MODEL } from './history/isolation/consistency-model.ts';
export { type Operation, pairOperations } from './history/operations.ts';
export { BadHistory } from './history/reading/bad-history.ts';
export { type HistoryFormat, HistoryReader, parseHistory } from './history/reading/history-reader.ts';
export type * from './invariant.ts';
