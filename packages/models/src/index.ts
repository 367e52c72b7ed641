export type { Citation, Grade, Quantity } from './citation.ts';
export type { Command, Fact } from './commands.ts';
export { NODE_OBSERVATIONS, PLAIN_FACTS } from './commands.ts';
export type {
  Actor,
  BillingFactors,
  ChartLayout,
  Claim,
  ComparisonSetup,
  DeploymentKind,
  DocumentedRange,
  DrawnTimings,
  EndpointLayout,
  Layout,
  NodeLayout,
  OperatorStep,
  Phase,
  Placement,
  PlacementProblem,
  ProxySupport,
  ServiceEvent,
  Timing,
  TimingTable,
} from './kind.ts';
export { mermaidChart } from './mermaid.ts';
export { type ParameterEntry, parameterList } from './parameter-list.ts';
export { quantity, timing } from './quantity.ts';
export { kinds } from './registry.ts';
export type {
  AcknowledgedWhen,
  FollowerReplication,
  JournalReplication,
  LastWriterWinsReplication,
  LogReplication,
  RecoveryLayout,
  ReplicationLayout,
  StorageGroupLayout,
  StreamLayout,
} from './replication.ts';
export { type CommitVisibility, ISOLATIONS, type Isolation, type TransactionRules } from './transaction-rules.ts';
