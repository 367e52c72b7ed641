import type { ReplicationLayout } from '@faultline/models';
import { JournalPlane } from './journal-plane.ts';
import { LastWriterWinsPlane } from './last-writer-wins-plane.ts';
import { LogPlane } from './log-plane.ts';
import type { DataPlane, PlaneContext } from './plane.ts';

/** The data plane for a replication rule; `planeOf` finds that of a follower's source. */
export function buildPlane(
  context: PlaneContext,
  layout: ReplicationLayout,
  planeOf: (database: string) => DataPlane,
): DataPlane {
  switch (layout.rule) {
    case 'log':
      return new LogPlane(context, layout, null);
    case 'follower':
      return new LogPlane(context, layout, planeOf(layout.source));
    case 'last-writer-wins':
      return new LastWriterWinsPlane(context, layout);
    case 'journal':
      return new JournalPlane(context, layout);
  }
}
