import type { AuroraClusterContext, AuroraClusterFact } from './aurora-cluster.contract.ts';
import { isHealthy, mayStart, seemsDark, serves, someReaderServes } from './aurora-cluster.views.ts';

interface Asked {
  readonly context: AuroraClusterContext;
  readonly event: AuroraClusterFact;
}

/** The instance that is being promoted; the writer while there is none. */
export const heirOf = (context: AuroraClusterContext): string => context.heir ?? context.writer;

/** The instance that a fact is about; the writer where it names none. */
export const nodeOf = (context: AuroraClusterContext, event: AuroraClusterFact): string => event.node ?? context.writer;

/** How long the chart waits, by the name of what passes. */
export const delays = {
  detection: ({ context }: Asked): number => context.timings.detectionMs,
  crashNotice: ({ context }: Asked): number => context.timings.crashNoticeMs,
  requestHandling: ({ context }: Asked): number => context.timings.requestHandlingMs,
  endpointUpdate: ({ context }: Asked): number => context.timings.endpointUpdateMs,
  completionNotice: ({ context }: Asked): number => context.timings.completionNoticeMs,
  hostReplacement: ({ context }: Asked): number => context.timings.hostReplacementMs,
  launchPatience: ({ context }: Asked): number => context.timings.launchPatienceMs,
  instanceCreation: ({ context }: Asked): number => context.timings.instanceCreationMs,
  reboot: ({ context }: Asked): number => context.timings.rebootMs,
};

/** What the chart asks about all that is known. */
export const guards = {
  writerServes: ({ context }: Asked): boolean => serves(context, context.writer),
  writerAils: ({ context }: Asked): boolean => !isHealthy(context, context.writer),
  writerMayStart: ({ context }: Asked): boolean => mayStart(context, context.writer),
  someoneMayTakeOver: ({ context }: Asked): boolean => someReaderServes(context),
  heirLost: ({ context }: Asked): boolean => !serves(context, heirOf(context)),
  isOfWriter: ({ context, event }: Asked): boolean => nodeOf(context, event) === context.writer,
  isOfAnother: ({ context, event }: Asked): boolean => nodeOf(context, event) !== context.writer,
  isOfHeir: ({ context, event }: Asked): boolean => event.node === context.heir,
  isOfReader: ({ context, event }: Asked): boolean =>
    event.node !== undefined && event.node !== context.writer && serves(context, event.node),
  readerMayStart: ({ context, event }: Asked): boolean =>
    event.node !== context.writer && mayStart(context, nodeOf(context, event)),
  readerAils: ({ context, event }: Asked): boolean =>
    event.node !== context.writer && !isHealthy(context, nodeOf(context, event)),
  endpointFollows: ({ context }: Asked): boolean => context.endpointWriter === context.writer,
  endpointIsBehind: ({ context }: Asked): boolean => context.endpointWriter !== context.writer,
  azSeemsDark: ({ context }: Asked): boolean => seemsDark(context),
  aReaderServes: ({ context }: Asked): boolean => someReaderServes(context),
  noReaderServes: ({ context }: Asked): boolean => !someReaderServes(context),
};
