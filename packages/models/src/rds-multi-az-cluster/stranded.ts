import { parts } from './multi-az-cluster.actions.ts';

/**
 * No reader may be promoted without losing acknowledged writes. The old writer returns, whose volume holds them all, or
 * a reader that holds everything, or a person decides to restore a backup.
 */
export const stranded = parts.createStateConfig({
  id: 'stranded',
  initial: 'waiting',
  tags: ['waiting-for-person', 'phase:recovery'],
  entry: [{ type: 'publishOfWriter', params: { id: 'RDS-EVENT-0069' } }, 'callForRestore'],
  exit: ['dismissRestore', 'forgetLacking'],
  always: { guard: 'writerServes', target: 'available' },
  on: { OPERATOR_DONE: { target: '.restoring', actions: 'adoptTimings' } },
  states: {
    waiting: {
      always: [
        { guard: 'writerMayStart', target: 'restarting' },
        { guard: 'someoneMayTakeOver', target: '#failingOver' },
        { guard: 'newerMayHoldAll', target: '#failingOver' },
      ],
    },
    restarting: {
      entry: [{ type: 'publishOfWriter', params: { id: 'RDS-EVENT-0070' } }, 'startWriter'],
      always: { guard: 'writerAils', target: 'waiting' },
      on: { WRITER_CRASHED: { target: 'restarting', reenter: true } },
    },
    restoring: {
      entry: 'replaceWriterHost',
      after: { restore: { target: 'restored', actions: 'restoreBackup' } },
    },
    restored: {
      entry: 'startWriter',
      on: {
        WRITER_CRASHED: { target: 'restored', reenter: true },
        WRITER_REACHABLE: { target: 'restored', reenter: true },
      },
    },
  },
});
