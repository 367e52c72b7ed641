import type { Command } from '@faultline/models';
import { observationIn } from './observations.ts';

/** As little of the world as a chart can tell apart: who has which role, what is wrong, and what was ordered. */
export interface Surroundings {
  readonly roles: Readonly<Record<string, string>>;
  /** What is wrong, as `TROUBLE subject`, sorted. */
  readonly troubles: readonly string[];
  /** How many more things may go wrong or be asked for; Infinity where only those at a time count. */
  readonly left: number;
  /** Orders that are not answered yet, as `ANSWER subject`, sorted. */
  readonly awaited: readonly string[];
}

/** What goes wrong, and what makes it well again. */
export const CURES: Readonly<Record<string, string>> = {
  UNREACHABLE: 'REACHABLE',
  CRASHED: 'STARTED',
  STORAGE_FAILED: 'STORAGE_REPAIRED',
  UNRESPONSIVE: 'RESPONSIVE',
  DISCONNECTED: 'CONNECTED',
  SOURCE_LOST: 'SOURCE_BACK',
  SEGMENT_LOST: 'SEGMENT_RETURNED',
};

/** A fact with all that it carries but for drawn timings. */
export interface ToldFact {
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What a fact says of the world: a trouble begins or is over, an order is answered. */
export function afterFact(before: Surroundings, { type, detail }: ToldFact): Surroundings {
  const subject = String(detail.node ?? detail.segment ?? '');
  const observed = observationIn(type) ?? type;
  let { troubles } = before;
  let awaited = without(before.awaited, answerOf({ type, detail }));
  if (Object.hasOwn(CURES, observed)) troubles = withOne(troubles, `${observed} ${subject}`);
  // A recovery is answered twice: it has shut the former writer out, and it has found the end of the log.
  if (observed === 'VOLUME_FENCED') awaited = withOne(awaited, `VOLUME_RECOVERED ${subject}`);
  const processIsGone = observed === 'UNREACHABLE' || observed === 'CRASHED' || detail.running === false;
  if (processIsGone) awaited = without(awaited, `STARTED ${subject}`);
  for (const [trouble, cure] of Object.entries(CURES))
    if (cure === observed) troubles = without(troubles, `${trouble} ${subject}`);
  // A host that is up again, with nothing running on it: the process has to be started.
  if (observed === 'REACHABLE' && detail.running === false) troubles = withOne(troubles, `CRASHED ${subject}`);
  return { ...before, troubles, awaited };
}

/** The order that a fact answers, if it answers one. */
export function answerOf({ type, detail }: ToldFact): string {
  if (type === 'ENDPOINT_REPOINTED') return `${type} ${detail.endpoint}>${detail.nodes}`;
  if (type === 'OPERATOR_DONE') return `${type} ${detail.step}`;
  return `${observationIn(type) ?? type} ${detail.node ?? detail.segment ?? ''}`;
}

/** What an order changes: roles at once, all else by the answer that is awaited from now on. */
export function afterCommand(before: Surroundings, command: Command): Surroundings {
  const { roles, awaited } = before;
  const awaits = (answer: string) => ({ ...before, awaited: withOne(awaited, answer) });
  switch (command.type) {
    case 'SET_ROLE':
    case 'PROMOTE_NODE':
      return { ...before, roles: { ...roles, [command.node]: command.role } };
    case 'START_NODE':
      return awaits(`STARTED ${command.node}`);
    case 'STOP_NODE':
      return { ...before, awaited: without(awaited, `STARTED ${command.node}`) };
    case 'REPLACE_HOST':
      return hostReplaced(before, command.node);
    case 'DISCARD_NODE':
      return withoutNode(before, command.node);
    case 'RECOVER_VOLUME': {
      // It takes the place of one that still waits for the volume.
      const left = awaited.filter((one) => !one.startsWith('VOLUME_'));
      return { ...before, awaited: withOne(left, `VOLUME_FENCED ${command.node}`) };
    }
    case 'REPOINT_ENDPOINT': {
      const [answer, others] = [`ENDPOINT_REPOINTED ${command.endpoint}>`, awaited];
      const left = others.filter((one) => !one.startsWith(answer));
      return { ...before, awaited: withOne(left, `${answer}${command.nodes}`) };
    }
    case 'CALL_OPERATOR':
      return awaits(`OPERATOR_DONE ${command.step}`);
    case 'DISMISS_OPERATOR':
      return { ...before, awaited: without(awaited, `OPERATOR_DONE ${command.step}`) };
    case 'REPLACE_SEGMENT':
      return { ...before, troubles: without(before.troubles, `SEGMENT_LOST ${command.segment}`) };
    default:
      return before;
  }
}

/** Another host, and perhaps another volume: the observer has to see it come up. */
function hostReplaced(before: Surroundings, node: string): Surroundings {
  const others = before.troubles.filter((trouble) => trouble !== `STORAGE_FAILED ${node}` && trouble !== absent(node));
  return { ...before, troubles: withOne(others, `UNREACHABLE ${node}`) };
}

/** A node is gone, with all that was wrong with it and asked of it. */
function withoutNode(before: Surroundings, node: string): Surroundings {
  const ofOthers = (one: string) => one.split(' ')[1] !== node;
  const troubles = withOne(before.troubles.filter(ofOthers), absent(node));
  return { ...before, troubles, awaited: before.awaited.filter(ofOthers) };
}

/** A node that does not exist says nothing of itself. */
export function absent(node: string): string {
  return `ABSENT ${node}`;
}

function withOne(all: readonly string[], one: string): readonly string[] {
  return all.includes(one) ? all : [...all, one].sort();
}

function without(all: readonly string[], one: string): readonly string[] {
  return all.includes(one) ? all.filter((other) => other !== one) : all;
}
