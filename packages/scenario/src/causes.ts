import type { Cause, CauseOption } from './cause.ts';
import { documented, MULTI_AZ, OUTAGE_2011, OUTAGE_2012, OUTAGE_2025, OUTAGE_JUNE_2012 } from './cause-sources.ts';

/** Causes without options: those that last until they heal, and those that are over at once. */
const lasting = { options: {}, lasts: true } as const;
const momentary = { options: {}, lasts: false } as const;
const factor = (value: number, meaning: string): CauseOption => ({ type: 'factor', default: value, meaning });

const all: readonly Cause[] = [
  {
    id: 'process-crash',
    summary: 'The database process dies; its host stays up and resets the connections.',
    targets: ['node'],
    ...momentary,
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
    ...lasting,
    source: MULTI_AZ,
  },
  {
    id: 'storage-stall',
    summary: 'The volume answers nothing: accesses hang without an error. In an AZ: every volume that is there.',
    targets: ['node', 'az'],
    ...lasting,
    source: OUTAGE_2012,
  },
  {
    id: 'az-outage',
    summary: 'Everything in the AZ loses power.',
    targets: ['az'],
    ...lasting,
    source: MULTI_AZ,
  },
  {
    id: 'az-isolated',
    summary: 'Everything in the AZ runs on, but nothing passes between it and the world.',
    targets: ['az'],
    ...lasting,
    source: OUTAGE_2011,
  },
  {
    id: 'region-outage',
    summary: 'Everything in the Region loses power, its control plane too.',
    targets: ['region'],
    ...lasting,
    source: null,
  },
  {
    id: 'region-isolated',
    summary: 'Everything in the Region runs on, but nothing passes between it and other Regions.',
    targets: ['region'],
    ...lasting,
    source: null,
  },
  {
    id: 'link-cut',
    summary: 'Nothing passes on the link (in one direction with `->`); nobody is told.',
    targets: ['link'],
    ...lasting,
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
    ...lasting,
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
    ...lasting,
    source: OUTAGE_2011,
  },
  {
    id: 'control-plane-slow',
    summary: 'Everything that the control plane does takes longer.',
    targets: ['database', 'region'],
    options: { factor: factor(10, 'how many times as long each of its steps takes') },
    lasts: true,
    source: OUTAGE_2012,
  },
  {
    id: 'launches-blocked',
    summary: 'No new host can be had: replacements wait, and whatever runs runs on.',
    targets: ['az', 'region'],
    ...lasting,
    source: OUTAGE_JUNE_2012,
  },
  {
    id: 'dns-frozen',
    summary: 'DNS records cannot be changed; what they say is still answered.',
    targets: ['database', 'region'],
    ...lasting,
    source: documented(
      'AWS, Summary of the AWS Service Event in the Northern Virginia (US-EAST-1) Region, 2021-12',
      '2021-12',
    ),
  },
  {
    id: 'endpoint-record-lost',
    summary: 'The DNS record of the endpoint is empty: new look-ups get no answer, open connections go on.',
    targets: ['endpoint', 'database'],
    ...lasting,
    source: OUTAGE_2025,
  },
  {
    id: 'replication-paused',
    summary: 'Nothing is replicated to the node, or inside the database; what was missed follows afterwards.',
    targets: ['node', 'database'],
    ...lasting,
    source: OUTAGE_2025,
  },
  {
    id: 'logical-corruption',
    summary: 'Bad writes are made and acknowledged like any others, and reach every copy.',
    targets: ['database'],
    ...momentary,
    source: documented('Amazon RDS User Guide, USER_PIT: restoring to a point in time', '2026-04'),
  },
  {
    id: 'segment-failure',
    summary: 'One storage segment of a shared volume is lost, until it returns or is replaced.',
    targets: ['segment'],
    ...lasting,
    source: documented(
      'Verbitski et al., Amazon Aurora: Design Considerations for High Throughput Cloud-Native Relational Databases, SIGMOD 2017',
      '2017-05',
    ),
  },
];

/** Every cause by its id, in the order in which people should read of them. */
export const causes: ReadonlyMap<string, Cause> = new Map(all.map((cause) => [cause.id, cause]));
