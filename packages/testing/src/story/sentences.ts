import type { CommandRecord, NodeRecord, OpRecord, TraceRecord } from '@faultline/trace';

/** Commands that move data, roles or clients; the others show in what follows them. */
const TOLD_COMMANDS: ReadonlySet<string> = new Set([
  'FENCE_NODE',
  'PROMOTE_NODE',
  'SET_ACKS',
  'RESTORE_BACKUP',
  'REPLACE_HOST',
  'DETACH_COPY',
  'RECOVER_VOLUME',
  'CALL_OPERATOR',
]);

/**
 * One record as a sentence; null for what a story leaves out.
 *
 * @param evidence It is part of what shows the breach, and is told whatever it is.
 */
export function sentenceOf(record: TraceRecord, evidence: boolean): string | null {
  switch (record.type) {
    case 'fault':
      return faultSentence(record);
    case 'command':
      return evidence || TOLD_COMMANDS.has(record.command) ? commandSentence(record) : null;
    case 'timeline':
      return `${record.node} begins timeline ${record.timeline} of ${record.database} after entry ${record.forkLsn} of timeline ${record.parent}; ${record.discarded} entries stay behind`;
    case 'dns':
      return record.atUs === 0 && !evidence
        ? null
        : `the endpoint ${record.database}.${record.endpoint} now names ${record.nodes.join(', ') || 'nobody'}`;
    case 'operator':
      return `${record.who}: ${record.step} (${record.edge})`;
    case 'conflict':
      return `operation ${record.loserOp} at ${record.loserNode} loses against operation ${record.winnerOp} at ${record.winnerNode} on key ${record.key}`;
    case 'node':
      return record.atUs === 0 && !evidence ? null : nodeSentence(record);
    case 'op':
      return operationSentence(record);
    case 'header':
    case 'end':
      return null;
    default:
      return evidence ? plainly(record) : null;
  }
}

function faultSentence(record: Extract<TraceRecord, { readonly type: 'fault' }>): string {
  const hit = record.resolved.join(', ');
  const which = hit === '' || hit === record.target ? record.target : `${record.target} (${hit})`;
  if (record.edge === 'healed') return `${record.cause} of ${which} is over`;
  return record.effective ? `${record.cause} hits ${which}` : `${record.cause} of ${which} finds nothing to act on`;
}

function commandSentence({ database, command, detail }: CommandRecord): string {
  const parts = Object.entries(detail).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  const words = command.toLowerCase().replaceAll('_', ' ');
  return `the control plane of ${database} orders: ${words}${parts.length === 0 ? '' : `, ${parts.join(', ')}`}`;
}

function nodeSentence({ node, role, status, writable, readable, fenced }: NodeRecord): string {
  const takes = writable ? 'takes writes' : readable ? 'serves reads' : 'serves nobody';
  return `${node} (${role}) is ${status}, ${takes}${fenced ? ', fenced' : ''}`;
}

function operationSentence({ op, action, cohort, key, outcome, node, error, position, value }: OpRecord): string {
  const at = node === undefined ? '' : ` at ${node}`;
  const entry = position === undefined ? '' : `, entry ${position.lsn} of timeline ${position.timeline}`;
  const read = value === undefined ? '' : `, found ${value === 0 ? 'nothing' : `the write of operation ${value}`}`;
  return `operation ${op}, a ${action} of key ${key} by ${cohort}${at}: ${outcome}${error === undefined ? '' : ` (${error})`}${entry}${read}`;
}

function plainly({ type, atUs: _, ...rest }: TraceRecord): string {
  const parts = Object.entries(rest).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return `${type}: ${parts.join(', ')}`;
}
