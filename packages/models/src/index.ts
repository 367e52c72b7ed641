export type { Command, Fact } from './commands.ts';
export { NODE_OBSERVATIONS, PLAIN_FACTS } from './commands.ts';
export type {
  Actor,
  BillingFactors,
  ChartLayout,
  Citation,
  Claim,
  DeploymentKind,
  DocumentedRange,
  DrawnTimings,
  EndpointLayout,
  Grade,
  Layout,
  NodeLayout,
  OperatorStep,
  Phase,
  Placement,
  PlacementProblem,
  Quantity,
  ServiceEvent,
  Timing,
  TimingTable,
} from './kind.ts';
export { kinds } from './registry.ts';
export type {
  FollowerReplication,
  JournalReplication,
  LastWriterWinsReplication,
  LogReplication,
  RecoveryLayout,
  ReplicationLayout,
  StreamLayout,
} from './replication.ts';
