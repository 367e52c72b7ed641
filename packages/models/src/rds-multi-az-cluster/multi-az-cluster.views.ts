import { undrawn } from '../quantity.ts';
import { withEntry } from '../with-entry.ts';
import type {
  Ailment,
  MultiAzClusterContext,
  MultiAzClusterFact,
  MultiAzClusterInput,
  NodeView,
} from './multi-az-cluster.contract.ts';
import { multiAzClusterTimings } from './multi-az-cluster.timings.ts';

const undrawnTimings = undrawn(multiAzClusterTimings);

/** What the control plane believes, as a value: facts go in, questions are asked of it. No chart here. */

const WELL: NodeView = {
  ailments: [],
  running: true,
  fenced: false,
  fed: true,
  complete: true,
  listed: true,
  empty: false,
};

export function firstContext(input: MultiAzClusterInput): MultiAzClusterContext {
  const views = Object.fromEntries([input.writer, ...input.readers].map((node) => [node, WELL]));
  return { ...input, views, timings: undrawnTimings, heir: null, applying: [], lacking: [] };
}

export function viewOf(context: MultiAzClusterContext, node: string): NodeView {
  return context.views[node] ?? WELL;
}

/** Its host answers in time, and its storage works. */
export function isHealthy(context: MultiAzClusterContext, node: string): boolean {
  return viewOf(context, node).ailments.length === 0;
}

/** It can be used: the process runs as well. */
export function serves(context: MultiAzClusterContext, node: string): boolean {
  return isHealthy(context, node) && viewOf(context, node).running;
}

/** A reader that can acknowledge commits. */
export function follows(context: MultiAzClusterContext, reader: string): boolean {
  return serves(context, reader) && viewOf(context, reader).fed;
}

/** The promise holds: a writer, and two readers that have all that it acknowledged. */
export function isWhole(context: MultiAzClusterContext): boolean {
  return (
    serves(context, context.writer) &&
    context.readers.every((reader) => follows(context, reader) && viewOf(context, reader).complete)
  );
}

/** Readers that may be promoted, as far as is known before their positions are compared: they missed no commit. */
export function candidates(context: MultiAzClusterContext): readonly string[] {
  return context.readers.filter((reader) => serves(context, reader) && viewOf(context, reader).complete);
}

/**
 * Every acknowledged write is on one of the readers. So when both can be asked, the newer of them has all, whichever
 * was cut off meanwhile, unless it is known that both lack something, or one is being filled anew.
 */
export function newerMayHoldAll(context: MultiAzClusterContext): boolean {
  return (
    context.readers.every((reader) => serves(context, reader) && !viewOf(context, reader).empty) &&
    context.readers.some((reader) => !context.lacking.includes(reader))
  );
}

/** Readers one of which has to be among those that can be asked before any is elected. */
export function decisive(context: MultiAzClusterContext): readonly string[] {
  const known = candidates(context);
  return known.length === 0 && newerMayHoldAll(context) ? context.readers : known;
}

/** What the reader endpoint answers; the writer when no reader is left (assumed: Aurora documents it, RDS does not). */
export function readerAnswers(context: MultiAzClusterContext): readonly string[] {
  const listed = context.readers.filter((reader) => viewOf(context, reader).listed);
  return listed.length > 0 ? listed : [context.writer];
}

export function withView(
  context: MultiAzClusterContext,
  node: string,
  change: Partial<NodeView>,
): MultiAzClusterContext {
  const view = viewOf(context, node);
  const { ailments = view.ailments, running = view.running, fenced = view.fenced, fed = view.fed } = change;
  const { complete = view.complete, listed = view.listed, empty = view.empty } = change;
  const { engine, writer, readers, timings, heir, applying, lacking } = context;
  const views = withEntry(context.views, node, { ailments, running, fenced, fed, complete, listed, empty });
  return { engine, writer, readers, timings, views, heir, applying, lacking };
}

/** Readers among these were found to lack something that was acknowledged. */
export function withLacking(context: MultiAzClusterContext, found: readonly string[]): MultiAzClusterContext {
  const lacking = context.readers.filter((reader) => found.includes(reader));
  return { ...lacking.reduce((now, reader) => withView(now, reader, { complete: false }), context), lacking };
}

/** The chosen reader and the writer change places. */
export function withRolesSwapped(context: MultiAzClusterContext): MultiAzClusterContext {
  const heir = context.heir ?? context.writer;
  const [first, second] = context.readers.map((reader) => (reader === heir ? context.writer : reader)) as [
    string,
    string,
  ];
  const swapped = { ...context, writer: heir, readers: [first, second] as const, heir: null, applying: [] };
  const demoted = withView(swapped, context.writer, { fed: false, complete: false, listed: false });
  const other = first === context.writer ? second : first;
  // The other reader is attached to the new writer, and complete once it says so.
  return withView(withView(demoted, heir, { listed: false, complete: true }), other, { complete: false });
}

/** Takes a fact about a node into account, and with it what the readers that are cut off now lack. */
export function withFact(context: MultiAzClusterContext, fact: MultiAzClusterFact): MultiAzClusterContext {
  if (fact.node === undefined || context.views[fact.node] === undefined) return context;
  return withStaleReaders(withView(context, fact.node, observed(viewOf(context, fact.node), fact)));
}

/** Commits that go on without a reader leave it incomplete. While they stall, nobody falls behind. */
function withStaleReaders(context: MultiAzClusterContext): MultiAzClusterContext {
  const commits = serves(context, context.writer) && context.readers.some((reader) => follows(context, reader));
  if (!commits) return context;
  return context.readers.reduce(
    (now, reader) => (follows(now, reader) ? now : withView(now, reader, { complete: false })),
    context,
  );
}

function observed(view: NodeView, { type, running }: MultiAzClusterFact): Partial<NodeView> {
  switch (type.slice(type.indexOf('_') + 1)) {
    case 'UNREACHABLE':
      return { ailments: also(view, 'unreachable') };
    case 'REACHABLE':
      // It may have been seen running a moment before its end.
      return { ailments: without(view, 'unreachable'), running: running === true && !view.fenced };
    case 'STORAGE_FAILED':
      return { ailments: also(view, 'storage') };
    case 'STORAGE_REPAIRED':
      return { ailments: without(view, 'storage') };
    case 'UNRESPONSIVE':
      return { ailments: also(view, 'unresponsive') };
    case 'RESPONSIVE':
      return { ailments: without(view, 'unresponsive') };
    case 'CRASHED':
      return { running: false };
    case 'STARTED':
      return { running: !view.fenced };
    case 'DISCONNECTED':
      return { fed: false };
    case 'CONNECTED':
      return { fed: true };
    case 'IN_SYNC':
      return { fed: true, complete: true, empty: false };
    default:
      return {};
  }
}

function also(view: NodeView, ailment: Ailment): readonly Ailment[] {
  return [...without(view, ailment), ailment];
}

function without(view: NodeView, ailment: Ailment): readonly Ailment[] {
  return view.ailments.filter((each) => each !== ailment);
}
