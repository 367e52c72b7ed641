import type { DnsRecord, HeaderDatabase, PendingRecord, StateRecord } from '@faultline/trace';
import { LOG_MODELS, TABLE_MODEL } from '../deployments.ts';
import { Disturbances } from '../disturbances.ts';
import type { Invariant, Violation } from '../invariant.ts';
import {
  AURORA_AVAILABILITY,
  DYNAMODB_PAPER,
  GLOBAL_TABLES_GUIDANCE,
  MULTI_AZ_CLUSTER_FAILOVER,
  RDS_EVENTS,
} from '../sources.ts';
import { at, NONE, watchOf } from '../watching.ts';

/** The longest that a deployment may take once nothing is broken any more (assumed: far beyond every published figure). */
const RETURN_US = 3 * 3_600_000_000;

/** After this, what a chart believes and what is physically so have to agree again. */
const AGREE_US = 60_000_000;

/** How long an endpoint may go on naming a node that serves nobody, in microseconds (assumed: several failovers). */
const REPOINT_US = 180_000_000;

/** Endpoints that follow the nodes that serve; the others name one node, for good or ill. */
const MOVING_ENDPOINTS: readonly string[] = ['instance', 'writer', 'cluster', 'reader'];

/** Waits for which no step is known that somebody could be called for: the kind's README says what its customer does. */
const UNCALLED_WAITS: Readonly<Record<string, RegExp>> = {
  'rds.read-replica': /\bwithoutStorage\b/,
  'postgresql.streaming-pair': /\bnobodyLeft\b/,
  'dynamodb.global-table': /\bnothingLeft\b/,
};

interface State {
  readonly deployment: HeaderDatabase;
  readonly charts: Map<string, StateRecord>;
  /** Steps that somebody was called for and that are neither done nor dismissed. */
  readonly called: Set<string>;
  readonly endpoints: Map<string, DnsRecord>;
  pending: PendingRecord | null;
}

/** Nothing sticks silently. */
export const returnsToService: Invariant = {
  name: 'returns-to-service',
  meaning:
    'When the last fault has healed, a deployment returns to service by itself, or stands in a state that says that it waits for a person.',
  promisedBy: [
    RDS_EVENTS('The service fails over by itself, without administrative intervention.'),
    MULTI_AZ_CLUSTER_FAILOVER('A failover is automatic and typically takes less than 35 seconds.'),
    AURORA_AVAILABILITY('Aurora fails over, or recreates the primary, by itself.'),
    DYNAMODB_PAPER('A group elects another leader and heals its replicas by itself.'),
    GLOBAL_TABLES_GUIDANCE('A Region that returns catches up by itself.'),
  ],
  hears: ['fault', 'state', 'dns', 'operator', 'pending', 'end'],
  applies: (header) => header.databases.some(({ model }) => isKnown(model)),
  watch(header) {
    const disturbances = new Disturbances();
    const states = new Map<string, State>();
    for (const deployment of header.databases)
      if (isKnown(deployment.model))
        states.set(deployment.database, {
          deployment,
          charts: new Map(),
          called: new Set(),
          endpoints: new Map(),
          pending: null,
        });
    return watchOf({
      fault(record) {
        disturbances.add(record);
        return NONE;
      },
      state(record) {
        states.get(record.database)?.charts.set(record.chart, record);
        return NONE;
      },
      dns(record) {
        states.get(record.database)?.endpoints.set(record.endpoint, record);
        return NONE;
      },
      operator({ database, edge, step }) {
        const called = states.get(database)?.called;
        if (edge === 'called') called?.add(step);
        else called?.delete(step);
        return NONE;
      },
      pending(record) {
        const state = states.get(record.database);
        if (state) state.pending = record;
        return NONE;
      },
      end({ atUs }) {
        if (!disturbances.areOver) return NONE;
        const kept = [...states.values()].filter(({ deployment }) => !disturbances.isDeleted(deployment.database));
        return kept.flatMap((state) => judge(state, atUs, atUs - disturbances.lastUs));
      },
    });
  },
};

function isKnown(model: string): boolean {
  return model === TABLE_MODEL || (LOG_MODELS as readonly string[]).includes(model);
}

/** A replica is in service when it serves reads; all others when they take writes. */
function serviceTag({ model }: HeaderDatabase): 'readable' | 'writable' {
  return model === 'rds.read-replica' ? 'readable' : 'writable';
}

function judge(state: State, atUs: number, calmUs: number): readonly Violation[] {
  const { deployment, pending } = state;
  const charts = [...state.charts.values()];
  // Nobody promises anything of a database that its customer has deleted.
  if (charts.some(({ tags }) => tags.includes('deleted'))) return NONE;
  const breach = (what: string, evidence: Violation['evidence']) => [
    { invariant: returnsToService.name, atUs, database: deployment.database, what, evidence },
  ];
  const tag = serviceTag(deployment);
  const out = charts.find(({ tags }) => !tags.includes(tag));
  const isIdle = pending !== null && pending.timers + pending.work + pending.persons === 0;
  if (out) {
    if (waitsForPerson(out, state)) return NONE;
    const stands = `${out.chart} has been in ${out.state} since ${at(out.atUs)}, is not ${tag} and waits for no person`;
    if (isIdle) return breach(`${stands}; nothing is broken and nothing is under way.`, [out, pending]);
    return calmUs > RETURN_US ? breach(`${stands}; nothing has been broken for ${at(calmUs)}.`, [out]) : NONE;
  }
  if (pending === null || calmUs < AGREE_US) return NONE;
  const isSettled = isIdle || calmUs >= RETURN_US;
  const serving = tag === 'writable' ? pending.writable : [...pending.readable, ...pending.writable];
  if (isSettled && serving.length < regionsServed(deployment))
    return breach(`The control plane holds it to be ${tag}, and ${serving.join(', ') || 'no node'} is.`, [
      ...charts.slice(0, 5),
      pending,
    ]);
  // What is made again may take hours; that names lead to what works meanwhile may not.
  if (!isSettled && calmUs < REPOINT_US) return NONE;
  return [...state.endpoints.values()].flatMap((record) => {
    const idle = record.nodes.find((node) => !pending.readable.includes(node) && !pending.writable.includes(node));
    if (!MOVING_ENDPOINTS.includes(record.endpoint) || idle === undefined) return [];
    return breach(`Endpoint ${record.endpoint} names ${idle}, which serves nobody.`, [record, pending]);
  });
}

/** To say that one waits for a person is not enough: somebody has been called. */
function waitsForPerson({ tags, state }: StateRecord, { deployment, called }: State): boolean {
  if (!tags.includes('waiting-for-person')) return false;
  return called.size > 0 || UNCALLED_WAITS[deployment.model]?.test(state) === true;
}

/** Every Region of a table serves it; of other deployments one node does. */
function regionsServed({ model, endpoints }: HeaderDatabase): number {
  return model === TABLE_MODEL ? endpoints.length : 1;
}
