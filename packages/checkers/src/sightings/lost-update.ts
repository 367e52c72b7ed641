import { tablesOf } from '../deployments.ts';
import type { Sometimes } from '../sometimes.ts';
import { GLOBAL_TABLES } from '../sources.ts';
import { firstThat } from './sighting.ts';

/** Two Regions write one item, and the last writer wins. */
export const lostUpdate: Sometimes = {
  name: 'lost-update',
  meaning: 'An acknowledged write is overwritten by one that had not seen it.',
  admittedBy: [GLOBAL_TABLES('MREC: concurrent updates of one item are settled by last writer wins.')],
  applies: (header) => tablesOf(header, 'mrec').length > 0,
  look: () => firstThat((record) => record.type === 'conflict'),
};
