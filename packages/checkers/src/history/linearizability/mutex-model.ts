import type { Operation } from '../operations.ts';
import type { CompiledModel, SequentialModel } from './sequential-model.ts';

type LockState = 'free' | 'held';

const ACQUIRES: ReadonlySet<string> = new Set(['acquire', 'lock']);

/** A lock that is free at first. It does not look at who holds it: what counts is that nobody takes it twice. */
export const mutex: SequentialModel<LockState> = {
  object: 'the lock',
  functions: ['acquire', 'release', 'lock', 'unlock'],
  example: '{:process 0, :type :invoke, :f :acquire, :value nil}',
  keys: 'detected',
  compile,
};

function compile(operations: readonly Operation[]): CompiledModel<LockState> {
  const counts = { acquire: 0, release: 0 };
  for (const { f, outcome } of operations) if (outcome !== 'fail') counts[ACQUIRES.has(f) ? 'acquire' : 'release']++;
  return {
    initial: 'free',
    once: () => false,
    identity: (state) => state,
    stateText: (state) => state,
    action: ({ f }) => {
      const [before, after]: readonly LockState[] = ACQUIRES.has(f) ? ['free', 'held'] : ['held', 'free'];
      return { text: f, kind: before as string, pure: false, step: (state) => (state === before ? after : undefined) };
    },
    canBeObserved: ({ f }) => counts[ACQUIRES.has(f) ? 'release' : 'acquire'] > 0,
  };
}
