import type { Invariant } from '../invariant.ts';
import { FAULTLINE } from '../sources.ts';
import { at, NONE } from '../watching.ts';

/** Time never goes back, and an operation is not answered before it was taken, nor taken before it was asked. */
export const monotoneTime: Invariant = {
  name: 'monotone-time',
  meaning: 'No record lies before the one that precedes it, and no operation ends before it began.',
  promisedBy: [FAULTLINE('Records are in a total order, and time never goes back.')],
  applies: () => true,
  watch() {
    let nowUs = 0;
    return {
      add(record) {
        const { atUs } = record;
        if (atUs >= nowUs && record.type !== 'op') {
          nowUs = atUs;
          return NONE;
        }
        const beforeUs = nowUs;
        nowUs = Math.max(nowUs, atUs);
        const breach = (what: string, database: string | null) => [
          { invariant: monotoneTime.name, atUs, database, what, evidence: [record] },
        ];
        if (atUs < beforeUs) return breach(`A record of ${at(atUs)} follows one of ${at(beforeUs)}.`, null);
        if (record.type !== 'op') return NONE;
        const takenUs = record.committedAtUs ?? record.invokedAtUs;
        if (record.invokedAtUs <= takenUs && takenUs <= atUs) return NONE;
        return breach(
          `Op ${record.op} was asked for at ${at(record.invokedAtUs)}, taken at ${at(takenUs)} and over at ${at(atUs)}.`,
          record.database,
        );
      },
      end: () => NONE,
    };
  },
};
