import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Verdict } from './hunt.ts';

const HUNTER = fileURLToPath(new URL('./hunter.js', import.meta.url));

/** A mutant that takes longer runs on for ever, and is noticed by that. */
const LONGEST_MS = 90_000;
/** The same for what it fills its memory with. */
const MEMORY_MIB = 1_024;

export interface Hunted {
  readonly index: number;
  readonly verdict: Verdict | { readonly by: 'running on'; readonly name: string };
}

/** Hunts mutants of a kind one after the other in a process of their own; after one that never ends, in another. */
export async function* huntInSteps(kind: string, indices: readonly number[]): AsyncGenerator<Hunted> {
  let hunter: ChildProcess | undefined;
  for (const index of indices) {
    hunter ??= fork(HUNTER, [kind], {
      execArgv: [`--max-old-space-size=${MEMORY_MIB}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const verdict = await ask(hunter, index);
    if (verdict === undefined) {
      hunter.kill('SIGKILL');
      hunter = undefined;
      yield { index, verdict: { by: 'running on', name: '' } };
    } else yield { index, verdict };
  }
  hunter?.disconnect();
}

/** Undefined if it does not answer in time, or dies. */
function ask(hunter: ChildProcess, index: number): Promise<Verdict | undefined> {
  return new Promise((resolve) => {
    const done = (answer: Verdict | undefined): void => {
      clearTimeout(timer);
      hunter.off('message', answered);
      hunter.off('exit', died);
      resolve(answer);
    };
    const answered = (message: unknown): void => done((message as { readonly verdict: Verdict }).verdict);
    const died = (): void => done(undefined);
    const timer = setTimeout(died, LONGEST_MS);
    hunter.on('message', answered);
    hunter.on('exit', died);
    hunter.send(index);
  });
}
