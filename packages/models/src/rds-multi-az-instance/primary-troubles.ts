/** A primary that is gone for the observer, or whose volume is. */
export const onLostPrimary = { PRIMARY_UNREACHABLE: '#suspecting', PRIMARY_STORAGE_FAILED: '#suspecting' } as const;

/** Its host answers again, with the database or without it. */
export const onPrimaryBack = {
  PRIMARY_REACHABLE: [
    { guard: 'isRunning', target: '#settled' },
    { target: '#starting', actions: 'adoptTimings' },
  ],
} as const;

/** A host that went and came back unwatched takes a start that was under way with it. */
export const onPrimaryRebooted = {
  PRIMARY_REACHABLE: [{ guard: 'isRunning' }, { target: '#starting', reenter: true, actions: 'adoptTimings' }],
} as const;

/** Service can go on without a restore: the primary is well again, or a standby is that has all. */
export const onSomebodyBack = {
  ...onPrimaryBack,
  PRIMARY_STORAGE_REPAIRED: '#settled',
  PRIMARY_RESPONSIVE: '#settled',
  STANDBY_REACHABLE: { guard: 'standbyWillBeWell', target: '#failingOver' },
  STANDBY_STORAGE_REPAIRED: { guard: 'standbyWillBeWell', target: '#failingOver' },
} as const;

/** All that may befall a primary that serves. */
export const onTrouble = {
  ...onLostPrimary,
  ...onPrimaryBack,
  PRIMARY_UNRESPONSIVE: '#suspecting',
  PRIMARY_CRASHED: '#restarting',
} as const;
