import type { Agenda, RandomStream, RandomStreams } from '@faultline/clock';
import type { ChartExecutor } from './charts/chart-execution.ts';
import type { TransactionRows } from './clients/transaction-rows.ts';
import type { Operators } from './control/operators.ts';
import type { Resolver } from './dns/resolver.ts';
import type { Network } from './network/network.ts';
import type { Site } from './network/site.ts';
import type { Node } from './nodes/node.ts';
import type { OperationObserver } from './operation-observer.ts';
import type { Recorder } from './recorder.ts';
import type { DataPlane } from './replication/plane.ts';

/** A database as the one that it follows knows it. */
interface Follower {
  tell(fact: string, detail: Readonly<Record<string, unknown>>): void;
}

/** The world as one database or one client of it sees it. */
export interface Surroundings {
  readonly agenda: Agenda;
  readonly streams: RandomStreams;
  readonly network: Network;
  readonly recorder: Recorder;
  readonly operators: Operators;
  readonly serverRandom: RandomStream;
  readonly executeChart: ChartExecutor;
  /** The rows that transactions are about. */
  readonly transactionRows: TransactionRows;
  readonly nowUs: number;
  /** Whether operations go straight on as long as nothing else happens. */
  readonly goesStraight: boolean;
  /** Null unless the run is watched. */
  readonly observation: OperationObserver | null;
  /** Every change of the physical world goes through here: what was under way is fixed first, and all who depend on it look again after. */
  change(mutate: () => void): void;
  /** The process of a node ends, with all that hangs on it; silently when nobody is told. */
  stopNode(node: Node, state: 'crashed' | 'stopped', silently: boolean): void;
  planeOf(database: string): DataPlane;
  /** Databases that are copies of this one, directly. */
  followersOf(database: string): readonly Follower[];
  /** A site in an AZ or a Region of the scenario. */
  place(name: string, place: string): Site;
  hasNoPower(site: Site): boolean;
  /** Whether a new host can be had there, if anything can. */
  launchesHosts(site: Site): boolean;
  /** One resolver for the clients of an AZ. */
  resolverOf(site: Site): Resolver;
  /** Numbers operations from 1 over the whole run. */
  nextOperation(): number;
}
