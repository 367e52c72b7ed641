import type { Distribution } from '@faultline/clock';
import type { AnyStateMachine } from 'xstate';
import type { z } from 'zod';
import type { Citation } from './citation.ts';
import type { ReplicationLayout } from './replication.ts';

/** Parts of an outage that a chart may claim with a `phase:…` tag; the client's own parts are measured. */
export type Phase =
  | 'detection'
  | 'decision'
  | 'promotion'
  | 'recovery'
  | 'endpoint-change'
  | 'dns-cache'
  | 'reconnect'
  | 'first-success';

/** Who does the work: the service, its customer, or both. */
export type Actor = 'provider' | 'customer' | 'shared';

/** Default of one duration of a chart, with its origin. */
export interface Timing extends Citation {
  readonly distribution: Distribution;
  /** One sentence: what passes in this time. */
  readonly meaning: string;
}

export type TimingTable = Readonly<Record<string, Timing>>;

/** Timings as a chart sees them: drawn, in milliseconds, and NaN until a fact has brought them. */
export type DrawnTimings<Name extends string = string> = Readonly<Record<`${Name}Ms`, number>>;

/** What a deployment type says of itself, with the page that says it. */
export interface Claim extends Citation {
  readonly claim: string;
}

/** One entry of the service's published catalogue of events. */
export interface ServiceEvent {
  readonly category: string;
  /** Text as published, with `{node}` where the service puts a name. */
  readonly message: string;
  /** `cluster` events name the database, `instance` events the node. */
  readonly subject: 'instance' | 'cluster';
}

/** A step that the provider leaves to the customer. */
export interface OperatorStep extends Citation {
  readonly meaning: string;
  /** From being called to having decided and typed the command. */
  readonly reaction: Distribution;
}

export interface NodeLayout {
  /** Unique in the database, e.g. `orders-1`. */
  readonly id: string;
  readonly az: string;
  readonly region: string;
  /** Role at the start; commands change it. Upper-cased it prefixes the facts about this node. */
  readonly role: string;
  /** Whether this node serves reads (a Multi-AZ standby does not). */
  readonly readable: boolean;
  readonly writable: boolean;
  /** It does not exist yet: no host and no data, until `REPLACE_HOST` makes it. */
  readonly absent?: true;
  /** It only keeps data: its database process is not started. */
  readonly idle?: true;
}

export interface EndpointLayout {
  /** `writer`, `reader`, `orders-1`, `us-east-1` …; the scenario writes `orders.reader`. */
  readonly id: string;
  readonly nodes: readonly string[];
  readonly ttlUs: number;
  /** What clients use it for when the scenario names only the database. */
  readonly serves: 'write' | 'read' | 'both';
}

/** One actor of the kind's machine, told of the nodes in `nodes`. */
export interface ChartLayout {
  readonly id: string;
  readonly nodes: readonly string[];
  /** Plain JSON, handed to the machine as its input. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** All that the engine needs to build one database: plain data. */
export interface Layout {
  readonly nodes: readonly NodeLayout[];
  readonly replication: ReplicationLayout;
  readonly endpoints: readonly EndpointLayout[];
  readonly charts: readonly ChartLayout[];
}

/** The deployment in parts that somebody bills: factors, never prices. */
export interface BillingFactors {
  readonly instances: number;
  readonly storageCopies: number;
  /** Copies of every written byte that cross an AZ boundary and that the customer is billed for. */
  readonly crossAzTransfers: number;
  readonly crossRegionTransfers: number;
  readonly note: string;
}

/** A deployment for a comparison, in the words of a scenario file. The database that clients use is `orders`, the clients are `checkout`. */
export interface ComparisonSetup {
  /** What stands there, in a few words: which nodes, in how many places. */
  readonly deployed: string;
  /** Mappings as under `topology.databases`; `orders` is one of them. */
  readonly databases: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What a fault on "the node that takes the writes" is called, e.g. `orders.primary`. */
  readonly writer: string;
  /** Keys that the clients need beside the comparison's own, e.g. `routing`. */
  readonly clients?: Readonly<Record<string, unknown>>;
  /** Mappings as under `topology.operators`: who does the customer's steps. */
  readonly operators?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The name of the request for a planned failover, where there is one, and what it is asked of. */
  readonly plannedFailover?: { readonly request: string; readonly of: string };
}

/** What a kind may look at when it checks its parameters. */
export interface Placement {
  readonly name: string;
  readonly engine: string;
  /** AZs by Region, in the order of the scenario. */
  readonly regions: Readonly<Record<string, readonly string[]>>;
  readonly regionOf: (az: string) => string | undefined;
  /** Every database of the scenario, this one too. */
  readonly databases: Readonly<
    Record<string, { readonly model: string; readonly engine: string; readonly parameters: unknown }>
  >;
}

/** One thing wrong with the parameters. `path` is inside the database's mapping, e.g. `['standby']`. */
export interface PlacementProblem {
  readonly path: readonly (string | number)[];
  readonly found: string;
  readonly expected: string;
  /** A line that would be right, as YAML. */
  readonly write: string;
}

/** A proxy of the provider's own may stand between clients and a database of this kind. */
export interface ProxySupport extends Citation {
  /** Engines whose protocol it speaks. */
  readonly engines: readonly string[];
}

/** A published range for the time that clients of this kind are down, to hold our own results against. */
export interface DocumentedRange extends Citation {
  readonly meaning: string;
  readonly lowUs: number;
  readonly highUs: number;
}

/**
 * A deployment type. One folder holds one kind; the engine knows kinds only through this interface.
 *
 * The machine is pure: it receives facts, emits commands (see `commands.ts`), reads no clock and draws nothing.
 */
export interface DeploymentKind<Parameters = unknown> {
  readonly id: string;
  readonly title: string;
  /** One sentence for tables. */
  readonly summary: string;
  readonly promises: readonly Claim[];
  /** Engines a scenario may name; the first is the default. */
  readonly engines: readonly [string, ...string[]];
  /** Keys that the scenario may set beside `model`, `engine`, `timings` and `observer`. */
  readonly parameters: z.ZodType<Parameters>;
  /** An example of the parameters as YAML lines, for messages and `explain`. */
  readonly example: string;
  /** What zod cannot see: contradictions with the topology and between keys. */
  check(parameters: Parameters, placement: Placement): readonly PlacementProblem[];
  layout(parameters: Parameters, placement: Placement): Layout;
  /** How a comparison deploys this kind, given Regions with three AZs each; the writer belongs in the first AZ of the first. */
  comparison(regions: Readonly<Record<string, readonly string[]>>): ComparisonSetup;
  /** Roles that a fault may name, e.g. `orders.primary`. */
  readonly roles: readonly string[];
  /** Requests that an operator or a scenario may make, e.g. `failover`, `reboot`, `promote`. */
  readonly requests: readonly string[];
  readonly machine: AnyStateMachine;
  readonly timings: TimingTable;
  readonly operatorSteps: Readonly<Record<string, OperatorStep>>;
  readonly events: Readonly<Record<string, ServiceEvent>>;
  readonly metricNames: Readonly<Record<string, string>>;
  readonly acts: Readonly<Partial<Record<Phase, Actor>>>;
  billing(parameters: Parameters): BillingFactors;
  /** Absent where no proxy of the provider can stand before the database. */
  readonly proxy?: ProxySupport;
  /** Absent when nothing is published. */
  readonly documentedOutage?: DocumentedRange;
}
