/**
 * rds.read-replica: an instance that follows another database asynchronously and serves reads.
 *
 * It promises no freshness and no takeover: what the source acknowledged and the replica has not received is lost
 * when it is promoted, and only its customer promotes it. Promotion ends replication for good, reboots, and leaves
 * a standalone instance with its own endpoint, to which clients have to be pointed.
 * Amazon RDS User Guide, USER_ReadRepl and USER_ReadRepl.Promote.
 *
 * Three things go on at once: the instance lives and dies, it follows or not, and its customer watches the source.
 */
import { undrawn } from '../quantity.ts';
import { promoting, standalone } from './promotion.ts';
import { INFORMATIVE_FACTS, readReplicaSetup } from './read-replica.actions.ts';
import { readReplicaTimings } from './read-replica.timings.ts';
import { watch } from './watch.ts';

const undrawnTimings = undrawn(readReplicaTimings);

const PROMOTE = { step: 'promote-replica' } as const;
const REPOINT = { step: 'repoint-clients' } as const;

const toPromoting = { target: '#promoting', actions: 'adoptTimings' } as const;
const promotion = {
  PROMOTE_REQUESTED: toPromoting,
  OPERATOR_DONE: { guard: { type: 'isStep', params: PROMOTE }, ...toPromoting },
} as const;
/** Its source is no more: the service promotes it, or leaves it with what it has. */
const onSourceDeleted = {
  SOURCE_DELETED: [{ guard: 'isPromotedWithoutSource', ...toPromoting }, { target: '#terminated' }],
} as const;
const onReachable = [
  { guard: 'isRunning', target: '#up' },
  { target: '#starting', actions: 'adoptTimings' },
] as const;
/** The host went and came back unwatched, and a start with it. */
const onRebooted = [{ guard: 'isRunning' }, { target: '#starting', reenter: true, actions: 'adoptTimings' }] as const;
const onUnwatched = { REPLICA_REACHABLE: onRebooted, INSTANCE_REACHABLE: onRebooted } as const;
const onLost = { REPLICA_UNREACHABLE: '#suspecting', INSTANCE_UNREACHABLE: '#suspecting' } as const;
const onCrash = { REPLICA_CRASHED: '#noticing', INSTANCE_CRASHED: '#noticing' } as const;

export const readReplicaMachine = readReplicaSetup.createMachine({
  id: 'rds.read-replica',
  context: ({ input }) => ({ ...input, timings: undrawnTimings, storageOk: true, down: false }),
  type: 'parallel',
  states: {
    /** What ails the instance, also while something else is being settled. */
    knowledge: { on: Object.fromEntries(INFORMATIVE_FACTS.map((fact) => [fact, { actions: 'note' } as const])) },
    instance: {
      initial: 'up',
      on: { DELETE_REQUESTED: '.deleting' },
      states: {
        up: {
          id: 'up',
          tags: 'readable',
          always: [
            { guard: 'storageFailed', target: 'withoutStorage' },
            { guard: 'isDown', target: 'noticing' },
          ],
          on: {
            ...onLost,
            ...onCrash,
            REPLICA_REACHABLE: { target: '#starting', actions: 'adoptTimings' },
            INSTANCE_REACHABLE: { target: '#starting', actions: 'adoptTimings' },
            REPLICA_STORAGE_FAILED: 'withoutStorage',
            INSTANCE_STORAGE_FAILED: 'withoutStorage',
            REBOOT_REQUESTED: 'rebooting',
          },
        },
        suspecting: {
          id: 'suspecting',
          tags: 'phase:detection',
          entry: 'adoptTimings',
          after: { detection: 'replacing' },
          on: { REPLICA_REACHABLE: onReachable, INSTANCE_REACHABLE: onReachable },
        },
        /** A new host in the same AZ gets the old volume, as soon as the AZ is there. */
        replacing: {
          tags: 'phase:recovery',
          after: { hostReplacement: { actions: 'replaceHost' } },
          on: { REPLICA_REACHABLE: onReachable, INSTANCE_REACHABLE: onReachable },
        },
        noticing: {
          id: 'noticing',
          tags: 'phase:detection',
          entry: 'adoptTimings',
          after: { crashNotice: 'starting' },
          on: onLost,
        },
        starting: {
          id: 'starting',
          tags: 'phase:recovery',
          entry: 'startNode',
          on: { ...onLost, ...onCrash, ...onUnwatched, REPLICA_STARTED: '#restarted', INSTANCE_STARTED: '#restarted' },
        },
        rebooting: {
          tags: 'phase:recovery',
          entry: ['adoptTimings', 'stopNode', { type: 'publish', params: { id: 'RDS-EVENT-0004' } }],
          after: { reboot: { actions: 'startAfterShutdown' } },
          on: { ...onLost, ...onCrash, ...onUnwatched, REPLICA_STARTED: '#restarted', INSTANCE_STARTED: '#restarted' },
        },
        restarted: { id: 'restarted', entry: { type: 'publish', params: { id: 'RDS-EVENT-0006' } }, always: 'up' },
        /** Asked for by the customer, and final. What follows it is told. */
        deleting: {
          entry: ['adoptTimings', 'stopNode', { type: 'publish', params: { id: 'RDS-EVENT-0004' } }],
          after: { reboot: 'deleted' },
          on: { DELETE_REQUESTED: {} },
        },
        deleted: {
          tags: 'deleted',
          entry: ['deleteDatabase', { type: 'publish', params: { id: 'RDS-EVENT-0003' } }],
          on: { DELETE_REQUESTED: {} },
        },
        /** A replica without a volume is made anew by its customer: nothing is lost but the copy. */
        withoutStorage: {
          tags: 'waiting-for-person',
          on: { ...onLost, REPLICA_STORAGE_REPAIRED: 'up', INSTANCE_STORAGE_REPAIRED: 'up' },
        },
      },
    },
    replication: {
      initial: 'replicating',
      on: { DELETE_REQUESTED: '.over' },
      states: {
        replicating: {
          id: 'replicating',
          tags: 'redundant',
          on: {
            ...promotion,
            ...onSourceDeleted,
            REPLICA_DISCONNECTED: 'broken',
            STOP_REPLICATION_REQUESTED: 'stopped',
          },
        },
        /** The source, the way to it, or this instance is gone: it asks again and again. */
        broken: {
          entry: 'adoptTimings',
          initial: 'retrying',
          on: { ...promotion, ...onSourceDeleted, STOP_REPLICATION_REQUESTED: 'stopped' },
          states: {
            retrying: { after: { breakNotice: 'announced' }, on: { REPLICA_CONNECTED: '#replicating' } },
            announced: {
              entry: { type: 'publish', params: { id: 'RDS-EVENT-0045' } },
              after: { replicationTimeout: '#terminated' },
              on: {
                REPLICA_CONNECTED: {
                  target: '#replicating',
                  actions: { type: 'publish', params: { id: 'RDS-EVENT-0046' } },
                },
              },
            },
          },
        },
        stopped: {
          entry: ['adoptTimings', 'stopFollowing', { type: 'publish', params: { id: 'RDS-EVENT-0062' } }],
          after: { replicationTimeout: 'terminated' },
          on: {
            ...promotion,
            ...onSourceDeleted,
            START_REPLICATION_REQUESTED: {
              target: 'replicating',
              actions: ['follow', { type: 'publish', params: { id: 'RDS-EVENT-0046' } }],
            },
          },
        },
        /** It serves old data and will never follow again; it can still be promoted. */
        terminated: {
          id: 'terminated',
          entry: ['stopFollowing', { type: 'publish', params: { id: 'RDS-EVENT-0057' } }],
          on: { ...promotion, SOURCE_DELETED: { guard: 'isPromotedWithoutSource', ...toPromoting } },
        },
        promoting,
        standalone,
        /** The replica itself was deleted. */
        over: { entry: ['stopFollowing', { type: 'dismiss', params: REPOINT }] },
      },
    },
    watch,
  },
});
