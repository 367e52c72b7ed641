/** What all measurements of the PostgreSQL pair have in common. */
export const LAB_GROUP = 'PostgreSQL streaming pair';
export const LAB_SOURCE =
  'PostgreSQL 15.18 pair on 2 shared cores and one disk, joined by a link with a set delay, measured for this project';
export const LAB_DATE = '2026-11-23';

/** The link's own timers add about 1 ms each way to the delay that is set. */
const LINK_TIMERS_MS = 1;

export interface LabSetup {
  readonly mode: string;
  readonly oneWayMs: number;
  readonly timings?: Readonly<Record<string, string>>;
  readonly clients: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One way over the link, in milliseconds. */
export function linkMs(oneWayMs: number): number {
  return oneWayMs + LINK_TIMERS_MS;
}

/** Primary, standby and clients on one machine: only the link between the servers takes time. */
export function labTopology({ mode, oneWayMs, timings = {}, clients }: LabSetup) {
  const beside = (az: string) => ({ between: ['lab-clients', az], oneWay: '20us' });
  return {
    regions: { lab: ['lab-primary', 'lab-standby', 'lab-clients'] },
    databases: {
      pair: {
        model: 'postgresql.streaming-pair',
        primary: 'lab-primary',
        standby: 'lab-standby',
        synchronousCommit: mode,
        logRate: '0B/s',
        timings,
      },
    },
    clients,
    links: [
      { between: ['lab-primary', 'lab-standby'], oneWay: `${linkMs(oneWayMs)}ms` },
      beside('lab-primary'),
      beside('lab-standby'),
    ],
  };
}

/** Clients of the load: one connection each, one statement at a time. */
export const LAB_CLIENTS = { connectsTo: 'pair', from: 'lab-clients', count: 4, pool: { size: 1 }, retry: 'none' };
