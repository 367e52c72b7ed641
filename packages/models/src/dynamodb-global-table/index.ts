import { lognormal, parseDuration, SECOND_US } from '@faultline/clock';
import { clientActs } from '../client-acts.ts';
import type { Claim, DeploymentKind, EndpointLayout, Layout, NodeLayout, Placement } from '../kind.ts';
import { withValue } from '../quantity.ts';
import { checkPlacement } from './global-table.check.ts';
import { CLOCK_ERROR, catchUpRate, commit, drainRate } from './global-table.data.ts';
import { globalTableMachine } from './global-table.machine.ts';
import { type GlobalTableParameters, parameters } from './global-table.parameters.ts';
import { globalTableTimings } from './global-table.timings.ts';
import { WRITE_QUORUM } from './storage-group.ts';

/** TTL of a DynamoDB endpoint's record: assumed, as answers of its zones show it; not published. */
const DNS_TTL_US = 5 * SECOND_US;

const GUIDE = 'Amazon DynamoDB Developer Guide, V2globaltables_HowItWorks';
const PRESCRIPTIVE = 'AWS Prescriptive Guidance, DynamoDB global tables: Overview';
const documented = (claim: string, source: string): Claim => ({ claim, source, date: '2026-04', grade: 'documented' });

/** One table in several Regions, each of which serves it through its own endpoint: Amazon DynamoDB global tables. */
export const globalTable: DeploymentKind<GlobalTableParameters> = {
  id: 'dynamodb.global-table',
  title: 'DynamoDB global table',
  summary: 'Every Region serves the table; nothing fails over between them, the application chooses.',
  promises: [
    documented(
      'A write is on two of three storage replicas, in different AZs, before it is acknowledged.',
      'Elhemali et al., Amazon DynamoDB, USENIX ATC 2022, sections 3 and 6.1',
    ),
    documented('MREC: a change is usually in the other Regions within a second or less; the last writer wins.', GUIDE),
    documented('MREC: a Region that is cut off goes on alone and catches up by itself when it is back.', PRESCRIPTIVE),
    documented('MRSC: an acknowledged write is in two Regions, so that the loss of one loses nothing (RPO 0).', GUIDE),
    documented(
      'MRSC: a strong read returns the latest acknowledged version in every Region; conflicting writes are rejected.',
      GUIDE,
    ),
    documented('MRSC: a Region that reaches no other serves eventually consistent reads only.', PRESCRIPTIVE),
  ],
  engines: ['dynamodb'],
  parameters,
  example: 'mode: mrec\nregions: [us-east-1, eu-west-1]',
  check: checkPlacement,
  layout,
  comparison(regions) {
    const names = Object.keys(regions);
    const home = names[0] as string;
    return {
      deployed: `MREC (asynchronous) over ${names.join(', ')}; clients leave a Region after 3 failures and 30s`,
      databases: { orders: { model: 'dynamodb.global-table', mode: 'mrec', regions: names } },
      writer: 'orders.leader',
      clients: { routing: { regions: names, failures: 3, switchAfter: '30s' } },
      operators: {
        oncall: {
          database: 'orders',
          repoint: [{ after: 'evacuate-region', client: 'checkout', to: `orders.${names[1] ?? home}` }],
        },
      },
      plannedFailover: { request: 'evacuate', of: `orders.orders-${home}` },
    };
  },
  roles: ['leader', 'follower', 'replica'],
  requests: ['evacuate'],
  machine: globalTableMachine,
  timings: globalTableTimings,
  operatorSteps: {
    'evacuate-region': {
      meaning: 'point the applications that use a Region at another one',
      reaction: lognormal({ median: '1m', p95: '5m' }),
      source: 'nobody publishes how fast teams deploy a routing change; planned, with people at hand',
      date: '2026-11',
      grade: 'assumed',
    },
  },
  events: {},
  metricNames: {
    replicationLatencyMs: 'ReplicationLatency',
    systemErrors: 'SystemErrors',
    userErrors: 'UserErrors',
    requestLatencyMs: 'SuccessfulRequestLatency',
    conditionalCheckFailures: 'ConditionalCheckFailedRequests',
  },
  acts: {
    detection: 'customer',
    decision: 'customer',
    promotion: 'provider',
    recovery: 'provider',
    ...clientActs,
  },
  billing({ regions, witness, mode }) {
    return {
      instances: 0,
      storageCopies: 3 * regions.length,
      crossAzTransfers: 0,
      crossRegionTransfers: regions.length - 1 + (witness === undefined ? 0 : 1),
      note: `capacity instead of instances: every Region is billed for every write (replicated write units)${mode === 'mrsc' ? '; strong reads cost twice the eventual ones' : ''}`,
    };
  },
};

function layout({ mode, regions, witness, clockError }: GlobalTableParameters, placement: Placement): Layout {
  const parts = regions.map((region) => regionLayout(region, placement));
  const nodes = parts.map(({ service }) => service);
  const groups = parts.map(({ service, members, logReplica }) => ({
    serves: service,
    members,
    spare: logReplica,
    leaderRole: 'leader',
    writeQuorum: WRITE_QUORUM,
  }));
  return {
    nodes: parts.flatMap((part) => part.nodes),
    replication:
      mode === 'mrec'
        ? {
            rule: 'last-writer-wins',
            nodes,
            groups,
            commit,
            delayTiming: 'replicationDelay',
            drainRate,
            clockError: clockError === undefined ? CLOCK_ERROR : withValue(CLOCK_ERROR, parseDuration(clockError)),
          }
        : {
            rule: 'journal',
            nodes,
            groups,
            witnesses: witness === undefined ? [] : [{ id: `${placement.name}-witness`, region: witness }],
            acks: 1,
            commit,
            catchUpRate,
          },
    endpoints: parts.map(
      ({ service }, index): EndpointLayout => ({
        id: regions[index] as string,
        nodes: [service],
        ttlUs: DNS_TTL_US,
        serves: 'both',
      }),
    ),
    charts: parts.map(({ service, members, logReplica, azs }) => ({
      id: service,
      nodes: [service, ...members, logReplica],
      input: { service, members, logReplica, azs },
    })),
  };
}

/** A Region of the table: what clients talk to, three storage replicas in three AZs, and room for a log replica. */
function regionLayout(region: string, { name, regions }: Placement) {
  const service = `${name}-${region}`;
  const azs = (regions[region] ?? []).slice(0, 3);
  const members = azs.map((_, index) => `${service}-${'abc'[index]}`);
  const logReplica = `${service}-log`;
  const storage = { region, readable: false, writable: false };
  const nodes: readonly NodeLayout[] = [
    { id: service, az: region, region, role: 'replica', readable: true, writable: true },
    ...members.map(
      (id, index): NodeLayout => ({
        id,
        az: azs[index] as string,
        role: index === 0 ? 'leader' : 'follower',
        ...storage,
      }),
    ),
    // In which AZ it is made shows when it is needed.
    { id: logReplica, az: region, role: 'log-replica', absent: true, ...storage },
  ];
  return { service, members, logReplica, nodes, azs };
}
