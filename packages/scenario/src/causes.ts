import type { Citation } from '@faultline/models';
import type { Cause, CauseOption } from './cause.ts';

const documented = (source: string, date: string): Citation => ({ source, date, grade: 'documented' });

const MULTI_AZ = documented('Amazon RDS User Guide, Concepts.MultiAZSingleStandby', '2026-04');
const summary2025 = documented(
  'AWS, Summary of the Amazon DynamoDB Service Disruption in us-east-1, 2025-10-20',
  '2025-10',
);
const factor = (value: number, meaning: string): CauseOption => ({ type: 'factor', default: value, meaning });

const all: readonly Cause[] = [
  {
    id: 'process-crash',
    summary: 'The database process dies; its host stays up and resets the connections.',
    targets: ['node'],
    options: {},
    lasts: false,
    source: null,
  },
  {
    id: 'host-failure',
    summary: 'The host dies with everything on it, and comes back with `for` or never.',
    targets: ['node'],
    options: {
      silent: {
        type: 'boolean',
        default: true,
        meaning: 'a dead host sends nothing, not even a reset; false: its last act is to reset every connection',
      },
    },
    lasts: true,
    source: MULTI_AZ,
  },
  {
    id: 'storage-failure',
    summary: 'The volume returns errors for every access.',
    targets: ['node'],
    options: {},
    lasts: true,
    source: MULTI_AZ,
  },
  {
    id: 'storage-stall',
    summary: 'The volume answers nothing: accesses hang without an error.',
    targets: ['node'],
    options: {},
    lasts: true,
    source: documented('AWS, Summary of the October 22, 2012 AWS Service Event in the US-East Region', '2012-10'),
  },
  {
    id: 'az-outage',
    summary: 'Everything in the AZ loses power.',
    targets: ['az'],
    options: {},
    lasts: true,
    source: MULTI_AZ,
  },
  {
    id: 'az-isolated',
    summary: 'Everything in the AZ runs on, but nothing passes between it and the world.',
    targets: ['az'],
    options: {},
    lasts: true,
    source: documented(
      'AWS, Summary of the Amazon EC2 and Amazon RDS Service Disruption in the US East Region, 2011-04',
      '2011-04',
    ),
  },
  {
    id: 'region-outage',
    summary: 'Everything in the Region loses power, its control plane too.',
    targets: ['region'],
    options: {},
    lasts: true,
    source: null,
  },
  {
    id: 'region-isolated',
    summary: 'Everything in the Region runs on, but nothing passes between it and other Regions.',
    targets: ['region'],
    options: {},
    lasts: true,
    source: null,
  },
  {
    id: 'link-cut',
    summary: 'Nothing passes on the link (in one direction with `->`); nobody is told.',
    targets: ['link'],
    options: {},
    lasts: true,
    source: null,
  },
  {
    id: 'link-slow',
    summary: 'Everything on the link takes longer.',
    targets: ['link'],
    options: { factor: factor(10, 'how many times as long the way takes') },
    lasts: true,
    source: null,
  },
  {
    id: 'link-loss',
    summary: 'The link loses packets, which are sent again after a time-out.',
    targets: ['link'],
    options: { probability: { type: 'probability', default: 0.3, meaning: 'share of the packets that are lost' } },
    lasts: true,
    source: null,
  },
  {
    id: 'apply-stall',
    summary: 'A replica goes on receiving the log but applies none of it.',
    targets: ['node'],
    options: {},
    lasts: true,
    source: documented('Amazon RDS User Guide, USER_ReadRepl.Troubleshooting', '2026-04'),
  },
  {
    id: 'long-transaction',
    summary: 'A large transaction is open on the node: after a crash it has to be redone and undone first.',
    targets: ['node'],
    options: { size: { type: 'bytes', default: 4e9, meaning: 'log that the transaction has written' } },
    lasts: true,
    source: documented(
      'Amazon RDS User Guide, Concepts.MultiAZ.Failover: large transactions lengthen a failover',
      '2026-04',
    ),
  },
  {
    id: 'resource-exhaustion',
    summary: 'The instance is busy and unresponsive: it accepts work and hardly gets any done.',
    targets: ['node'],
    options: { slowdown: factor(1_000, 'how many times as long every operation takes') },
    lasts: true,
    source: MULTI_AZ,
  },
  {
    id: 'control-plane-down',
    summary: 'The control plane neither notices nor does anything; databases run on as they are.',
    targets: ['database', 'region'],
    options: {},
    lasts: true,
    source: documented(
      'AWS, Summary of the Amazon EC2 and Amazon RDS Service Disruption in the US East Region, 2011-04',
      '2011-04',
    ),
  },
  {
    id: 'control-plane-slow',
    summary: 'Everything that the control plane does takes longer.',
    targets: ['database', 'region'],
    options: { factor: factor(10, 'how many times as long each of its steps takes') },
    lasts: true,
    source: documented('AWS, Summary of the October 22, 2012 AWS Service Event in the US-East Region', '2012-10'),
  },
  {
    id: 'dns-frozen',
    summary: 'DNS records cannot be changed; what they say is still answered.',
    targets: ['database', 'region'],
    options: {},
    lasts: true,
    source: documented(
      'AWS, Summary of the AWS Service Event in the Northern Virginia (US-EAST-1) Region, 2021-12',
      '2021-12',
    ),
  },
  {
    id: 'endpoint-record-lost',
    summary: 'The DNS record of the endpoint is empty: new look-ups get no answer, open connections go on.',
    targets: ['endpoint', 'database'],
    options: {},
    lasts: true,
    source: summary2025,
  },
  {
    id: 'replication-paused',
    summary: 'Nothing is replicated to the node, or inside the database; what was missed follows afterwards.',
    targets: ['node', 'database'],
    options: {},
    lasts: true,
    source: summary2025,
  },
  {
    id: 'logical-corruption',
    summary: 'Bad writes are made and acknowledged like any others, and reach every copy.',
    targets: ['database'],
    options: {},
    lasts: false,
    source: documented('Amazon RDS User Guide, USER_PIT: restoring to a point in time', '2026-04'),
  },
  {
    id: 'segment-failure',
    summary: 'One storage segment of a shared volume is lost, until it returns or is replaced.',
    targets: ['segment'],
    options: {},
    lasts: true,
    source: documented(
      'Verbitski et al., Amazon Aurora: Design Considerations for High Throughput Cloud-Native Relational Databases, SIGMOD 2017',
      '2017-05',
    ),
  },
];

/** Every cause by its id, in the order in which people should read of them. */
export const causes: ReadonlyMap<string, Cause> = new Map(all.map((cause) => [cause.id, cause]));
