import type { CalibrationCase } from '../calibration-case.ts';
import { between } from '../watches/between.ts';
import { faultNumber, givenUp, since } from '../watches/instants.ts';

const SOURCE = 'aws-advanced-jdbc-wrapper, benchmarks of outage detection';

/** The statement that hangs is sent at this instant. */
const SENT_US = 9_990_000;

/**
 * A long statement runs (here: on a volume that answers nothing) when the network goes. Nothing else happens: the
 * pair fails over only by a person, and there is none.
 */
const scenario = (cutAt: string, driver: Readonly<Record<string, unknown>>) => ({
  horizon: '3m',
  sample: 'none',
  topology: {
    regions: { 'us-east-1': ['use1-az1', 'use1-az2', 'use1-az3'] },
    databases: {
      slow: {
        model: 'postgresql.streaming-pair',
        primary: 'use1-az1',
        standby: 'use1-az2',
        synchronousCommit: 'local',
      },
    },
    clients: { app: { connectsTo: 'slow', from: 'use1-az3', count: 1, pool: { size: 1 }, retry: 'none', driver } },
  },
  workload: [{ client: 'app', op: 'write', arrivals: { closed: { think: '1ms' } }, from: '9s', until: '11s' }],
  faults: [
    { at: '10s', fail: 'slow.primary', cause: 'storage-stall' },
    { at: cutAt, fail: 'app <-> slow.primary', cause: 'link-cut' },
  ],
});

const detection = (
  id: string,
  title: string,
  measured: number,
  cutAt: string,
  driver: Readonly<Record<string, unknown>>,
  caveat?: string,
): CalibrationCase => ({
  id,
  group: 'Clients',
  title,
  source: SOURCE,
  date: '2026-08',
  trialsAtMost: 100,
  scenario: () => scenario(cutAt, driver),
  measures: [
    {
      id: 'detection',
      title: 'outage to error',
      seenBy: 'client',
      unit: 's',
      measured: { values: [measured] },
      ...(caveat === undefined ? {} : { caveat }),
      watch: () => between(faultNumber(1), since(SENT_US, givenUp('app'))),
    },
  ],
});

const OWN_TIME = "the driver's own time after its time-out, some 0.2 s in a JVM, is not modelled";
const FAILURE_MONITOR = { socketTimeout: 'none', keepalive: { idle: '30s', interval: '5s', probes: 3 } };

/** C10: when does a driver notice that nobody answers any more? */
export const driverDetection: readonly CalibrationCase[] = [
  detection(
    'C10-early',
    'JDBC socketTimeout 30 s, outage 5 s into a statement',
    25.2,
    '15s',
    { socketTimeout: '30s' },
    OWN_TIME,
  ),
  detection(
    'C10-late',
    'JDBC socketTimeout 30 s, outage 30 s into a statement',
    0.18,
    '40s',
    { socketTimeout: '30s' },
    OWN_TIME,
  ),
  detection(
    'C10-monitor',
    'failure monitor 30000/5000/3, outage 5 s into a statement',
    41.1,
    '15s',
    FAILURE_MONITOR,
    'the monitor is set up as a keepalive: idle 30 s, then 3 probes 5 s apart',
  ),
];
