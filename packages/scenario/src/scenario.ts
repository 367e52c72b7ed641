import type { Distribution } from '@faultline/clock';
import type { ProxySpec } from './proxy-spec.ts';
import type { WorkloadSpec } from './workload-spec.ts';

/**
 * A scenario after parsing: total, checked and frozen. Nothing downstream sees `undefined` where a default
 * exists; times are whole microseconds.
 */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  /** Never empty. Numbers in YAML become their decimal text. */
  readonly seed: string;
  readonly horizonUs: number;
  /** Period of position samples in the trace; 0 for none. */
  readonly sampleEveryUs: number;
  readonly topology: TopologySpec;
  readonly workload: readonly WorkloadSpec[];
  readonly faults: readonly FaultSpec[];
  readonly expect: ExpectSpec;
}

export interface TopologySpec {
  /** AZs by Region, in the order of the file. */
  readonly regions: Readonly<Record<string, readonly string[]>>;
  readonly databases: Readonly<Record<string, DatabaseSpec>>;
  readonly clients: Readonly<Record<string, ClientSpec>>;
  readonly operators: Readonly<Record<string, OperatorSpec>>;
  /** One-way latencies that replace the default matrix, e.g. between two Regions or two AZs. */
  readonly links: readonly LinkSpec[];
}

export interface DatabaseSpec {
  readonly name: string;
  readonly model: string;
  readonly engine: string;
  /** What the kind's own schema made of the remaining keys. */
  readonly parameters: unknown;
  /** Only the timings that the scenario replaces. */
  readonly timings: Readonly<Record<string, Distribution>>;
  /** Where the control plane's health checks come from: an AZ, a Region, or null for the default (the Region's own control plane). */
  readonly observer: string | null;
  /** Absent: clients connect to the database itself. */
  readonly proxy?: ProxySpec;
}

export interface LinkSpec {
  readonly between: readonly [string, string];
  readonly oneWay: Distribution;
}

export type DnsCacheSpec =
  /** Honour the record's TTL. */
  | { readonly mode: 'ttl' }
  /** Keep every answer this long, whatever its TTL says (a JVM does). */
  | { readonly mode: 'fixed'; readonly us: number }
  /** Never ask twice. */
  | { readonly mode: 'forever' }
  /** Ask at every connect. */
  | { readonly mode: 'none' };

export interface PoolSpec {
  /** Connections per client at the most; 0 opens one for each operation and closes it after. */
  readonly size: number;
  /** How long an operation waits for a free connection. */
  readonly borrowTimeoutUs: number;
  /** Ask the server before lending an idle connection. */
  readonly validateOnBorrow: boolean;
  readonly maxLifetimeUs: number | null;
}

export interface KeepaliveSpec {
  readonly idleUs: number;
  readonly intervalUs: number;
  readonly probes: number;
}

export interface DriverSpec {
  /** `null`: as long as TCP itself tries (about 127 s of SYN retries on Linux). */
  readonly connectTimeoutUs: number | null;
  /** Longest wait for an answer on an open connection; `null`: until TCP gives up (`retransmitTimeoutUs`). */
  readonly socketTimeoutUs: number | null;
  readonly keepalive: KeepaliveSpec | null;
  /** Un-acknowledged data for this long resets the connection (Linux tcp_retries2 = 15: about 924.6 s). */
  readonly retransmitTimeoutUs: number;
  /** `topology`: a driver that watches the cluster's own topology and goes to the new writer without DNS. */
  readonly failover: 'none' | 'topology';
  /** How often a topology-aware driver asks, while it looks for a writer. */
  readonly topologyRefreshUs: number;
  /** Drop a connection on which a write was refused because the node is read-only. */
  readonly discardReadOnly: boolean;
}

export interface RetrySpec {
  /** Tries in all, 1 for none again. */
  readonly attempts: number;
  readonly backoffUs: number;
  readonly backoffMaxUs: number;
  readonly jitter: 'full' | 'none';
  /** Try again although the first try may have taken effect. */
  readonly indeterminate: boolean;
}

/** How an application chooses among the Regions of a global table. */
export interface RoutingSpec {
  /** Regions in order of preference. */
  readonly regions: readonly string[];
  /** Failures in a row before it goes elsewhere. */
  readonly failuresToSwitch: number;
  /** From those failures to all clients using the next Region (health check, decision, roll-out). */
  readonly switchDelay: Distribution;
  /** Whether and how long after the Region works again the clients go back; null for never. */
  readonly returnDelay: Distribution | null;
}

export interface ClientSpec {
  readonly name: string;
  readonly database: string;
  /** Endpoint id, or null: the kind's endpoint for each operation. */
  readonly endpoint: string | null;
  /** AZ where they run. */
  readonly from: string;
  readonly count: number;
  readonly dnsCache: DnsCacheSpec;
  readonly pool: PoolSpec;
  readonly driver: DriverSpec;
  readonly retry: RetrySpec;
  readonly routing: RoutingSpec | null;
}

export interface FaultSpec {
  readonly atUs: number;
  /** A cause of the catalogue (`causes.ts`), e.g. `host-failure`, `request-failover`. */
  readonly cause: string;
  readonly target: TargetSpec;
  /** `null`: it lasts to the end, or until its cause is repaired by the service. */
  readonly forUs: number | null;
  /** What this cause takes beside its target, with defaults applied (see the catalogue). */
  readonly options: Readonly<Record<string, number | string | boolean>>;
}

/** What a fault acts on. `text` is how the scenario wrote it. */
export type TargetSpec =
  | { readonly on: 'node'; readonly database: string; readonly node: string; readonly text: string }
  | { readonly on: 'database'; readonly database: string; readonly text: string }
  | { readonly on: 'endpoint'; readonly database: string; readonly endpoint: string; readonly text: string }
  | { readonly on: 'segment'; readonly database: string; readonly segment: string; readonly text: string }
  | { readonly on: 'az'; readonly az: string; readonly text: string }
  | { readonly on: 'region'; readonly region: string; readonly text: string }
  /** `a -> b` (one way) or `a <-> b`; each end is a place, a node target or a client cohort. */
  | {
      readonly on: 'link';
      readonly from: string;
      readonly to: string;
      readonly oneWay: boolean;
      readonly text: string;
    };

/** A person (or team) who does the steps that the provider leaves to its customer. */
export interface OperatorSpec {
  readonly name: string;
  readonly database: string;
  /** Reaction per step; steps that are not named keep the kind's default. */
  readonly reactions: Readonly<Record<string, Distribution>>;
  /** Steps that nobody will do. */
  readonly refuses: readonly string[];
  /** After which step which cohort is pointed at which endpoint (`database` or `database.endpoint`). */
  readonly repoints: readonly { readonly after: string; readonly client: string; readonly to: string }[];
}

export interface ExpectSpec {
  readonly objectives: {
    /** For every cohort that has no objective of its own. */
    readonly rtoUs: number | null;
    readonly rpoUs: number | null;
    /** Cohorts with objectives of their own; absent where none has any. */
    readonly clients?: Readonly<Record<string, { readonly rtoUs: number }>>;
  };
  readonly always: readonly string[];
  readonly eventually: readonly string[];
  readonly sometimes: readonly string[];
  /** Service events that have to appear, in this order. */
  readonly events: readonly string[];
  /** Bounds on measures, e.g. `recoveryTime: { min: 60s, max: 120s }`; in microseconds where the measure is a time. */
  readonly measures: Readonly<Record<string, { readonly min: number | null; readonly max: number | null }>>;
}
