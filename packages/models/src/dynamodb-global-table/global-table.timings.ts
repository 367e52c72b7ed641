import { lognormal } from '@faultline/clock';
import { timing } from '../quantity.ts';

const PAPER =
  'Elhemali et al., Amazon DynamoDB: A Scalable, Predictably Performant, and Fully Managed NoSQL Database Service, USENIX ATC 2022';
const PAPER_DATE = '2022-07';

/**
 * Default durations inside one Region of a global table, and of replication between Regions.
 *
 * The paper tells the order of events and a few magnitudes; the rest is assumed and says so. How long it takes an
 * application to leave a Region is no timing of the service: it is the clients' `routing`.
 */
export const globalTableTimings = {
  missedHeartbeats: timing(
    lognormal({ median: '1s', p95: '2500ms' }),
    'until a follower has missed enough heartbeats of the leader to suspect it',
    'assumed',
    `${PAPER}, section 6.2 tells of heartbeats and publishes no interval`,
    PAPER_DATE,
  ),
  election: timing(
    lognormal({ median: '30ms', p95: '120ms' }),
    'asking the peers and a round of Multi-Paxos between three AZs',
    'assumed',
    'a few round trips between AZs with persistence; not published',
    '2026-11',
  ),
  oldLease: timing(
    lognormal({ median: '2s', p95: '3s' }),
    "until the old leader's lease has run out: no writes and no strong reads",
    'documented',
    `${PAPER}, section 6.2: "only takes a couple of seconds"`,
    PAPER_DATE,
  ),
  logReplica: timing(
    lognormal({ median: '3s', p95: '8s' }),
    'adding a log replica, which has no items to copy',
    'documented',
    `${PAPER}, section 5.1: "only a few seconds"`,
    PAPER_DATE,
  ),
  storageHealing: timing(
    lognormal({ median: '5m', p95: '12m' }),
    'healing a storage replica: copying items and log',
    'documented',
    `${PAPER}, section 5.1: "several minutes"`,
    PAPER_DATE,
  ),
  groupRebuild: timing(
    lognormal({ median: '40m', p95: '75m' }),
    'until people of the provider have given up the volumes of a majority, and filled others from the storage replica that is left and the archived log',
    'assumed',
    `not published; what is: availability is looked at in intervals of five minutes, alarms are answered "either automatically or through operator intervention", and a replica can be built from snapshots and the archived log (${PAPER}, sections 6.3, 5.3 and 5.5); "95 percent of customers' table restores complete in less than one hour" (Amazon DynamoDB Developer Guide, CreateBackup, 2023-02). A quarter of an hour beside that hour is for those who decide`,
    '2026-11',
  ),
  memberReturn: timing(
    lognormal({ median: '15s', p95: '90s' }),
    'start of a storage replica that has its data, and what it missed of the log',
    'assumed',
    'not published; a replay of seconds to minutes of one partition',
    '2026-11',
  ),
  serviceReplacement: timing(
    lognormal({ median: '1m', p95: '3m' }),
    'until a front end that stays away is replaced',
    'assumed',
    'not published; the fleets of request routers are stateless',
    '2026-11',
  ),
  serviceStart: timing(
    lognormal({ median: '20s', p95: '2m' }),
    'until the front end of a Region serves again once it has power',
    'assumed',
    'not published; metadata caches have to be filled first (the same paper, section 6.6)',
    '2026-11',
  ),
  replicationDelay: timing(
    lognormal({ median: '750ms', p95: '2s' }),
    'from a local commit to its arrival in another Region, beside the network (MREC)',
    'documented',
    'Amazon DynamoDB Developer Guide, V2globaltables_HowItWorks: "typically within a second or less" (read 2026-04); 0.5 to 2.5 seconds in its edition of 2023-02; 1 to 2 seconds in the AWS DynamoDB labs workshop. The spread is fitted to these three',
    '2026-04',
  ),
} as const;

export type GlobalTableTiming = keyof typeof globalTableTimings;
