import { type Scenario, stringifyScenario } from '@faultline/scenario';
import { shortDigest } from '@faultline/trace';
import type { ServerMessage } from '../../protocol/server-messages.ts';
import type { Recording } from '../recording/recording.ts';

/** The scenario of a run with everything that was done to it: its replay has the same digest. */
export function savedRun(run: number, { scenario, result, stopped }: Recording): ServerMessage {
  if (result === null)
    return { type: 'problem', where: 'export', text: `This run cannot be saved with its digest. ${stopped ?? ''}` };
  return {
    type: 'saved',
    run,
    yaml: stringifyScenario(scenario),
    digest: result.digest,
    filename: fileName(scenario.name),
    command: `${replayCommand(scenario)}   # digest=${shortDigest(result.digest)}`,
  };
}

/** Repeats the run, once its scenario is saved under its own name. */
export function replayCommand({ name, seed }: Scenario): string {
  return `faultline run ${fileName(name)} --seed ${seed}`;
}

const fileName = (name: string): string => `${name}.yaml`;
