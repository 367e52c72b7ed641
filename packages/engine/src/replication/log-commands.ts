import type { ApplyWatch } from './apply-watch.ts';
import type { CopySet } from './copy-set.ts';
import type { LogSuccession } from './log-succession.ts';
import type { PlaneCommand, PlaneContext } from './plane.ts';
import { comparePositions } from './position-comparison.ts';
import type { Timeline } from './timeline.ts';
import type { VolumeRecovery } from './volume-recovery.ts';

/** The parts of one log that commands concern. */
export interface LogParts {
  readonly context: PlaneContext;
  readonly copies: CopySet;
  readonly succession: LogSuccession;
  /** Null where every node keeps its own data. */
  readonly volume: VolumeRecovery | null;
  readonly applyWatch: ApplyWatch;
}

/** Carries out a command. Every one comes inside a change of the world, which refreshes all planes at its end. */
export function executeOnLog(
  { context, copies, succession, volume, applyWatch }: LogParts,
  command: PlaneCommand,
): void {
  switch (command.type) {
    case 'PROMOTE_NODE':
      succession.promote(command.node);
      break;
    case 'DETACH_COPY':
      copies.detach(copies.at(command.node), 'detached');
      break;
    case 'REBUILD_COPY':
      copies.detach(copies.at(command.node), 'rebuilding');
      break;
    case 'ATTACH_COPY':
      copies.attach(copies.at(command.node));
      break;
    case 'SET_ACKS':
      succession.waitFor(command.acks);
      break;
    case 'COMPARE_POSITIONS': {
      const candidates = command.nodes.map((id) => copies.at(id));
      const written = succession.timeline as Timeline;
      const compared = comparePositions(candidates, command.complete, written, context.agenda.nowUs);
      context.tell('POSITIONS_COMPARED', { ...compared });
      break;
    }
    case 'AWAIT_APPLY':
      applyWatch.await(command.nodes.map((id) => copies.at(id)));
      break;
    case 'RECOVER_VOLUME':
      volume?.begin(command.node, Math.round(command.recoveryMs * 1000), succession.writer);
      break;
    case 'REPLACE_SEGMENT':
      volume?.failures.replace(command.segment);
      break;
    case 'RESTORE_BACKUP':
      succession.restore(command.node, Math.round(command.ageMs * 1000));
      break;
    case 'LOSE_VOLUME':
      copies.get(command.node)?.place(succession.timeline as Timeline, 0, 0);
      break;
  }
}
