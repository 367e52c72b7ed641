import type { DeploymentKind } from '@faultline/models';
import type { DnsEndpoint } from '../dns/zone.ts';
import type { Node } from '../nodes/node.ts';
import type { DataPlane } from '../replication/plane.ts';

/** A database as its own control plane handles it. */
export interface ControlledDatabase {
  readonly name: string;
  readonly kind: DeploymentKind;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly plane: DataPlane;
  node(id: string): Node;
  endpoint(id: string): DnsEndpoint;
  endpoints(): Iterable<DnsEndpoint>;
  /** Whether the control plane reaches the node's place. */
  observes(node: Node): boolean;
  /** Starts the process after `startUs`, and lets it recover unless `clean`. */
  startNode(node: Node, startUs: number, clean: boolean): void;
  /** Gives a node a new host as soon as its AZ has power and launches hosts, and the control plane reaches it. */
  replaceHost(node: Node, az: string | null, volumeLost: boolean): void;
  /** A node goes, with its host and its volume. */
  discard(node: Node): void;
  tell(fact: string, detail?: Readonly<Record<string, unknown>>, concerns?: string): void;
  tellOf(node: string, observation: string, detail?: Readonly<Record<string, unknown>>): void;
}
