import type { Actor, HeaderDatabase, Phase } from '@faultline/trace';
import type { FaultLog } from '../fault-log.ts';
import type { ClientPath } from '../recovery/client-paths.ts';
import type { CohortRecovery } from '../recovery/cohort-recovery.ts';
import { interruptionSpans } from '../recovery/interruption-spans.ts';
import { Segments, type WaterfallSegment } from './segments.ts';
import type { ServiceLog } from './service-log.ts';

/** The outage of one cohort and action in parts. The segments follow one another from the fault to `toUs` exactly. */
export interface Waterfall {
  readonly cohort: string;
  readonly action: 'write' | 'read';
  readonly faultAtUs: number;
  /** End of the last interruption, or of the run when there was none. */
  readonly toUs: number;
  readonly recovered: boolean;
  readonly segments: readonly WaterfallSegment[];
}

/** Phases in which clients catch up with what the service did: theirs unless the kind says otherwise. */
const CLIENT_PHASES: readonly Phase[] = ['dns-cache', 'reconnect', 'first-success'];

/** One interruption with all that explains it. */
interface Outage {
  readonly fromUs: number;
  readonly toUs: number;
  readonly action: 'write' | 'read';
  readonly cohort: string;
  readonly home: string;
  readonly path: ClientPath;
}

/**
 * The waterfall of a cohort, null when it was not affected.
 *
 * The service's part is what its charts claim, a phase for each of their states, and steps that people were
 * called for. Before the first claim, the outage waits to be detected; between two claims, for the next. The clients' part comes after: it is told by
 * the client whose operation was the last to go wrong, since that one defines when the outage was over. It
 * waits for its own DNS answer to name the node that serves (if an endpoint was moved), for a connection, and
 * for an operation to succeed.
 */
export function waterfallOf(
  cohort: CohortRecovery,
  faults: FaultLog,
  service: ServiceLog,
  runEndUs: number,
): Waterfall | null {
  const spans = interruptionSpans(cohort, faults);
  const [first] = spans;
  if (!first) return null;
  const segments = new Segments(first.faultAtUs);
  for (const [index, span] of spans.entries()) {
    segments.until(span.faultAtUs <= segments.atUs && index > 0 ? span.fromUs : span.faultAtUs, 'in-service', null);
    const outage = {
      fromUs: segments.atUs,
      toUs: span.toUs ?? runEndUs,
      action: cohort.action,
      cohort: cohort.cohort.cohort,
      home: cohort.cohort.database,
      path: cohort.pathSoFar(cohort.interruptions[index] as (typeof cohort.interruptions)[number]),
    };
    addServicePart(segments, outage, service);
    addClientPart(segments, outage, service, faults);
  }
  return {
    cohort: cohort.cohort.cohort,
    action: cohort.action,
    faultAtUs: first.faultAtUs,
    toUs: segments.atUs,
    recovered: spans.at(-1)?.toUs !== null,
    segments: segments.list,
  };
}

function addServicePart(segments: Segments, outage: Outage, service: ServiceLog): void {
  const { home, path } = outage;
  // The database that serves in the end explains the outage best, then the one that the clients came from.
  const databases = path.database === home ? [home] : [path.database, home];
  for (const [index, claim] of service.claims(databases, outage).entries()) {
    // What nobody claims is a wait: for the detection at first, later for what comes next.
    if (index === 0) segments.until(claim.fromUs, 'detection', actorOf(service.acts(claim.database), 'detection'));
    else segments.until(claim.fromUs, claim.phase, claim.actor);
    segments.until(claim.toUs, claim.phase, claim.actor);
  }
}

function addClientPart(segments: Segments, outage: Outage, service: ServiceLog, faults: FaultLog): void {
  const { fromUs, toUs, action, path } = outage;
  const acts = service.acts(path.database);
  const add = (untilUs: number, phase: Phase): void =>
    segments.until(Math.min(untilUs, toUs), phase, actorOf(acts, phase));
  const unclaimed = segments.atUs === fromUs;

  if (!service.servesAt(path.database, action, toUs)) add(toUs, unclaimed ? 'detection' : 'recovery');
  // Nobody did anything that helped, and the cause went by.
  if (unclaimed) segments.until(Math.min(faults.lastHealedWithin(fromUs, toUs) ?? 0, toUs), 'fault-lasts', null);
  add(service.servedAgainUs(path.database, action, segments.atUs, toUs) ?? 0, 'recovery');
  if (path.resolvedUs !== null && service.repointedWithin(path.database, fromUs, toUs))
    add(path.resolvedUs, 'dns-cache');
  add(path.connectedUs ?? 0, 'reconnect');
  add(toUs, 'first-success');
}

function actorOf(acts: HeaderDatabase['acts'], phase: Phase): Actor {
  return acts[phase] ?? (CLIENT_PHASES.includes(phase) ? 'customer' : 'provider');
}
