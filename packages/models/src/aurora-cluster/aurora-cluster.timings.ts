import { constant, lognormal } from '@faultline/clock';
import { timing } from '../quantity.ts';

const HIGH_AVAILABILITY = 'Amazon Aurora User Guide, Concepts.AuroraHighAvailability';
const GUIDE_DATE = '2026-04';
const SIGMOD_2017 =
  'Verbitski et al., Amazon Aurora: Design Considerations for High Throughput Cloud-Native Relational Databases, SIGMOD 2017';
const PROBES =
  'zatoima.github.io, requested failovers of Aurora PostgreSQL probed every second through the cluster endpoint';

/**
 * Default durations of an Aurora cluster's failover.
 *
 * Published are the whole ("typically less than 60 seconds, and often less than 30 seconds"), crash recovery
 * ("generally under 10 seconds") and segment repair. Clients of idle clusters measured 10 to 16 s for a
 * requested failover, and a driver's guide says 15 to 20 s until the endpoint's record has changed. The parts
 * below are assumptions about a mechanism that has to give all three, and were not fitted to one of them.
 */
export const auroraClusterTimings = {
  detection: timing(
    lognormal({ median: '8s', p95: '18s' }),
    'from the first failed health check of the writer to the decision to fail over',
    'assumed',
    `${HIGH_AVAILABILITY} publishes no detection time; what is left of "often less than 30 seconds" after the other parts`,
    GUIDE_DATE,
  ),
  crashNotice: timing(
    lognormal({ median: '1s', p95: '3s' }),
    'until the host notices that the process died',
    'assumed',
    `a Host Manager agent watches each instance (${SIGMOD_2017}, section 5); no figure is published`,
    '2017-05',
  ),
  requestHandling: timing(
    lognormal({ median: '1s', p95: '3s' }),
    'from a requested failover to the end of the writer',
    'assumed',
    'workflow of the control plane; no figure is published',
    '2026-11',
  ),
  volumeRecovery: timing(
    lognormal({ median: '2s', p95: '6s' }),
    'raising the epoch, reading a read quorum and truncating the log',
    'assumed',
    `${SIGMOD_2017}, section 4.3, says "generally under 10 seconds" even at 100,000 writes/s; idle clusters take less`,
    '2017-05',
  ),
  engineStart: timing(
    lognormal({ median: '3s', p95: '6s' }),
    'start of the database process as writer',
    'assumed',
    `${PROBES}: refused and starting up for about 7 s of 12 s, volume recovery included`,
    '2020',
  ),
  readerStart: timing(
    lognormal({ median: '5s', p95: '10s' }),
    'start of the database process as reader; a former writer first sees that it is none',
    'assumed',
    `${PROBES}: the former writer refuses writes as a reader during the last 5 s of 12 s`,
    '2020',
  ),
  endpointUpdate: timing(
    lognormal({ median: '5s', p95: '10s' }),
    'until the record of the cluster endpoint is changed, once the new writer is up',
    'assumed',
    'between the 10-16 s that probes measured in all and the 15-20 s of the AWS Advanced JDBC Wrapper, FailoverConfigurationGuide',
    '2026-08',
  ),
  dnsPropagation: timing(
    lognormal({ median: '500ms', p95: '3s' }),
    'until all authoritative servers give the new answer',
    'assumed',
    'not published; the AWS Advanced JDBC Wrapper tells of a record that changes late, not of one that flaps long',
    '2026-08',
  ),
  completionNotice: timing(
    lognormal({ median: '12s', p95: '25s' }),
    'from a usable endpoint to the event that says so',
    'measured',
    `${PROBES}: events span 25 s where INSERTs failed for 12 s; AWS CLI example for Amazon DocumentDB: completed 23.7 s after the start, instances restarted at 11.0 and 21.5 s`,
    '2020',
  ),
  readerListing: timing(
    lognormal({ median: '5s', p95: '15s' }),
    'until the reader endpoint leaves out a reader that is lost, or has one again',
    'assumed',
    'not published',
    '2026-11',
  ),
  hostReplacement: timing(
    lognormal({ median: '5m', p95: '9m' }),
    'a new host for an instance, in the same AZ',
    'documented',
    `${HIGH_AVAILABILITY}: a primary without replicas is recreated in the same AZ, typically in less than 10 minutes; the shape below that is assumed`,
    GUIDE_DATE,
  ),
  launchPatience: timing(
    constant('5m'),
    'an attempt to recreate an instance is given up',
    'assumed',
    'not published',
    '2026-11',
  ),
  instanceCreation: timing(
    lognormal({ median: '7m', p95: '15m' }),
    'creation of an instance that a person has asked for',
    'assumed',
    'not published; the documented 10 minutes for a new primary give the order of magnitude',
    GUIDE_DATE,
  ),
  reboot: timing(
    lognormal({ median: '3s', p95: '8s' }),
    'orderly shutdown before a restart',
    'assumed',
    'not published; AWS re:Post rds-connections-reboot-failover shows 11 s for a whole reboot of an RDS instance',
    GUIDE_DATE,
  ),
  segmentDetection: timing(
    lognormal({ median: '2s', p95: '5s' }),
    'until a lost storage segment is given up',
    'assumed',
    'not published',
    '2026-11',
  ),
  segmentRepair: timing(
    constant('10s'),
    'filling a new segment of 10 GB from its peers',
    'documented',
    `${SIGMOD_2017}, section 2.2: 10 seconds on a 10 Gbps link`,
    '2017-05',
  ),
} as const;

export type AuroraClusterTiming = keyof typeof auroraClusterTimings;
