import { databasesOf } from '../deployments.ts';
import type { Invariant } from '../invariant.ts';
import { AURORA_2017 } from '../sources.ts';
import { at, NONE, PerDatabase, watchOf } from '../watching.ts';

/** Wherever the copies of an acknowledged write are, an AZ and one more segment may go and one copy is left. */
export const survivesAzAndSegment: Invariant = {
  name: 'survives-az-and-segment',
  meaning: 'When any AZ and any one more segment are lost, some segment still has every acknowledged write.',
  promisedBy: [
    AURORA_2017('The volume tolerates the loss of an AZ and one more copy without losing data (section 2.1).'),
  ],
  hears: ['volume', 'acknowledged'],
  applies: (header) => databasesOf(header, ['aurora.cluster']).length > 0,
  watch(header) {
    const states = new PerDatabase(databasesOf(header, ['aurora.cluster']), () => new Map<string, string>());
    return watchOf({
      volume({ database, segments }) {
        const azs = states.of(database);
        for (const { segment, az } of segments) azs?.set(segment, az);
        return NONE;
      },
      acknowledged(record) {
        const { heldBy, database, atUs, op, answeredAtUs } = record;
        const azs = states.of(database);
        if (!azs || heldBy === null) return NONE;
        let worst = 0;
        for (const segment of heldBy) {
          let together = 0;
          for (const other of heldBy) if (azs.get(other) === azs.get(segment)) together++;
          if (together > worst) worst = together;
        }
        if (heldBy.length - worst - 1 >= 1) return NONE;
        const what = `Op ${op} was acknowledged at ${at(answeredAtUs)} when only ${heldBy.join(', ')} held it: an AZ and one more segment could take all of them.`;
        return [{ invariant: survivesAzAndSegment.name, atUs, database, what, evidence: [record] }];
      },
    });
  },
};
