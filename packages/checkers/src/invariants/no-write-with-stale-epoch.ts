import type { VolumeRecord } from '@faultline/trace';
import { databasesOf } from '../deployments.ts';
import type { Invariant } from '../invariant.ts';
import { AURORA_2018 } from '../sources.ts';
import { at, NONE, PerDatabase, watchOf } from '../watching.ts';

/** The volume's epoch is the fence: who writes under an older one is refused by a write quorum. */
export const noWriteWithStaleEpoch: Invariant = {
  name: 'no-write-with-stale-epoch',
  meaning: 'Once the epoch of a volume has been raised, no write that was sent under an older one is acknowledged.',
  promisedBy: [
    AURORA_2018('Storage nodes refuse requests with a stale volume epoch; no leases are needed (section 2.4).'),
  ],
  hears: ['volume', 'acknowledged'],
  applies: (header) => databasesOf(header, ['aurora.cluster']).length > 0,
  watch(header) {
    const states = new PerDatabase(databasesOf(header, ['aurora.cluster']), () => ({ raises: [] as VolumeRecord[] }));
    return watchOf({
      volume(record) {
        const raises = states.of(record.database)?.raises;
        if (raises && (raises.at(-1)?.epoch ?? 1) < record.epoch) raises.push(record);
        return NONE;
      },
      acknowledged(record) {
        const { database, epoch, committedAtUs, atUs, op, node, heldBy } = record;
        const state = states.of(database);
        if (!state || epoch === undefined || heldBy === null) return NONE;
        const raised = state.raises.find((one) => one.epoch > epoch && one.atUs < committedAtUs);
        if (!raised) return NONE;
        const what = `${node} took op ${op} at ${at(committedAtUs)} under epoch ${epoch} and acknowledged it, although the volume had been at epoch ${raised.epoch} since ${at(raised.atUs)}.`;
        return [{ invariant: noWriteWithStaleEpoch.name, atUs, database, what, evidence: [raised, record] }];
      },
    });
  },
};
