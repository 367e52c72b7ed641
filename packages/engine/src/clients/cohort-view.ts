import type { RandomStream } from '@faultline/clock';
import type { ClientSpec, OperationWorkloadSpec } from '@faultline/scenario';
import type { Resolver } from '../dns/resolver.ts';
import type { DnsEndpoint } from '../dns/zone.ts';
import type { Site } from '../network/site.ts';
import type { Patience } from '../nodes/exchange.ts';
import type { Node } from '../nodes/node.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ClientRecords } from './client-records.ts';
import type { Session } from './session.ts';

/** The database that clients use, as they can know it. */
export interface ClientDatabase {
  readonly name: string;
  node(id: string): Node;
  /** A connection to `node` was opened: what a proxy keeps of it, or null where `node` is no host of one. */
  accept(node: Node): Session | null;
  /** The node that a topology-aware driver at `site` finds, or null. */
  knownWriter(site: Site): Node | null;
}

/** What one attempt of an operation taught the application. */
export interface Observation {
  readonly action: 'write' | 'read';
  /** Whether the Region answered as a healthy one does. */
  readonly works: boolean;
  /** The node that was asked; null when there was none to ask. */
  readonly node: Node | null;
}

/** A cohort as one of its clients, or one of their operations, sees it. */
export interface CohortView {
  readonly world: Surroundings;
  readonly spec: ClientSpec;
  readonly site: Site;
  readonly records: ClientRecords;
  readonly database: ClientDatabase;
  readonly endpoint: DnsEndpoint;
  readonly resolver: Resolver;
  readonly dnsRandom: RandomStream;
  readonly backoffRandom: RandomStream;
  readonly serviceRandom: RandomStream;
  /** How long a statement is waited for. */
  readonly patience: Patience;
  /** How long a connection may take to open. */
  readonly connectPatience: Patience;
  /** Draws the key of the next operation of a workload. */
  nextKey(workload: OperationWorkloadSpec): number;
  /** What an attempt taught, for applications that choose among Regions by themselves. */
  observe(observation: Observation): void;
}
