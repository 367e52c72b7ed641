import { undrawn } from '../quantity.ts';
import { withEntry } from '../with-entry.ts';
import type {
  Ailment,
  AuroraClusterContext,
  AuroraClusterFact,
  AuroraClusterInput,
  AuroraInstance,
  CustomEndpoint,
  InstanceView,
} from './aurora-cluster.contract.ts';
import { auroraClusterTimings } from './aurora-cluster.timings.ts';

const undrawnTimings = undrawn(auroraClusterTimings);

const WELL: InstanceView = { ailments: [], running: true, fenced: false };

/** After so many failed attempts a failover no longer looks at promotion tiers. Amazon Aurora User Guide, Concepts.AuroraHighAvailability, read 2026-04. */
const ATTEMPTS_BY_TIER = 5;

export function firstContext(input: AuroraClusterInput): AuroraClusterContext {
  const context: AuroraClusterContext = {
    ...input,
    timings: undrawnTimings,
    views: Object.fromEntries(input.instances.map(({ id }) => [id, WELL])),
    wanted: null,
    heir: null,
    attempts: 0,
    endpointWriter: input.writer,
    endpointReaders: [],
  };
  return { ...context, endpointReaders: readerAnswers(context) };
}

function viewOf(context: AuroraClusterContext, node: string): InstanceView {
  return context.views[node] ?? WELL;
}

export function isHealthy(context: AuroraClusterContext, node: string): boolean {
  return viewOf(context, node).ailments.length === 0;
}

export function serves(context: AuroraClusterContext, node: string): boolean {
  return isHealthy(context, node) && viewOf(context, node).running;
}

/** Its host is well and its process is not up. */
export function mayStart(context: AuroraClusterContext, node: string): boolean {
  return isHealthy(context, node) && !viewOf(context, node).running;
}

export function readersOf(context: AuroraClusterContext): readonly AuroraInstance[] {
  return context.instances.filter(({ id }) => id !== context.writer);
}

/** Whether anybody answers reads beside the writer, and could take over from it. */
export function someReaderServes(context: AuroraClusterContext): boolean {
  return context.instances.some(({ id }) => id !== context.writer && serves(context, id));
}

/** Readers that may become the writer, the best first: lowest tier, then largest class, then the order of the scenario (the service says "arbitrary"). */
function heirs(context: AuroraClusterContext): readonly string[] {
  const byTier = context.attempts < ATTEMPTS_BY_TIER;
  return readersOf(context)
    .filter(({ id }) => serves(context, id))
    .toSorted((a, b) => (byTier ? a.tier - b.tier : 0) || b.size - a.size)
    .map(({ id }) => id);
}

/** Who is promoted: the reader that was asked for, if it can be. */
export function bestHeir(context: AuroraClusterContext): string | null {
  const ranked = heirs(context);
  return ranked.find((id) => id === context.wanted) ?? ranked[0] ?? null;
}

/** What the reader endpoint should answer: readers that serve, or the writer when it is alone. */
export function readerAnswers(context: AuroraClusterContext): readonly string[] {
  const readers = readersOf(context).filter(({ id }) => serves(context, id));
  return readers.length > 0 ? readers.map(({ id }) => id) : [context.writer];
}

/** Members stay listed when they are lost; a promoted one leaves an endpoint for readers, unless nobody would be left. */
export function customAnswers(writer: string, { members, type }: CustomEndpoint): readonly string[] {
  if (type === 'any') return members;
  const readers = members.filter((id) => id !== writer);
  return readers.length > 0 ? readers : members;
}

export function sameAnswers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, place) => id === b[place]);
}

/** Several instances, and none that answers: not a host but the AZ they share must be lost, and nothing can be launched there. */
export function seemsDark(context: AuroraClusterContext): boolean {
  return (
    context.instances.length > 1 &&
    context.instances.every(({ id }) => viewOf(context, id).ailments.includes('unreachable'))
  );
}

/** An AZ of the volume in which no instance was lost, or at least another one than the writer's. */
export function azElsewhere(context: AuroraClusterContext): string {
  const lost = context.instances.filter(({ id }) => !isHealthy(context, id)).map(({ az }) => az);
  const own = azOf(context, context.writer);
  return context.azs.find((az) => !lost.includes(az)) ?? context.azs.find((az) => az !== own) ?? own;
}

export function azOf(context: AuroraClusterContext, node: string): string {
  return context.instances.find(({ id }) => id === node)?.az ?? '';
}

const AILMENTS: Readonly<Record<string, readonly [Ailment, 'falls' | 'recovers']>> = {
  UNREACHABLE: ['unreachable', 'falls'],
  REACHABLE: ['unreachable', 'recovers'],
  STORAGE_FAILED: ['storage', 'falls'],
  STORAGE_REPAIRED: ['storage', 'recovers'],
  UNRESPONSIVE: ['unresponsive', 'falls'],
  RESPONSIVE: ['unresponsive', 'recovers'],
};
const NO_AILMENT = [null, null] as const;

/** What a fact about an instance changes in what is known of it. */
export function withFact(context: AuroraClusterContext, fact: AuroraClusterFact): Pick<AuroraClusterContext, 'views'> {
  const { node } = fact;
  if (node === undefined) return { views: context.views };
  const observation = fact.type.slice(fact.type.indexOf('_') + 1);
  const view = viewOf(context, node);
  const [ailment, change] = AILMENTS[observation] ?? NO_AILMENT;
  const others = view.ailments.filter((each) => each !== ailment);
  const ailments = change === 'falls' && ailment !== null ? [...others, ailment] : others;
  const running = runningAfter(observation, fact, view);
  return withView(context, node, { ailments, running });
}

function runningAfter(observation: string, fact: AuroraClusterFact, view: InstanceView): boolean {
  // A start from before the fence ends, or the host is seen again, before the process has ended.
  if (view.fenced || observation === 'CRASHED') return false;
  if (observation === 'STARTED') return true;
  return observation === 'REACHABLE' ? fact.running === true : view.running;
}

export function withView(
  context: AuroraClusterContext,
  node: string,
  change: Partial<InstanceView>,
): Pick<AuroraClusterContext, 'views'> {
  const view = viewOf(context, node);
  const { ailments = view.ailments, running = view.running, fenced = view.fenced } = change;
  return { views: withEntry(context.views, node, { ailments, running, fenced }) };
}
