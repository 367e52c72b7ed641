import { simulate } from '@faultline/engine';
import { kinds } from '@faultline/models';
import { parseScenario } from '@faultline/scenario';
import { digestOf } from '@faultline/trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WatchedSession } from '../testing/watched-session.ts';
import type { SessionMessage } from './session.ts';

fc.configureGlobal({ seed: 7, numRuns: 12 });

const HORIZON_US = 100_000_000;

const message: fc.Arbitrary<SessionMessage> = fc.oneof(
  fc.record({ type: fc.constant('play' as const), speed: fc.constantFrom(0.1, 1, 10, 1_000) }),
  fc.constant<SessionMessage>({ type: 'pause' }),
  fc.constant<SessionMessage>({ type: 'step' }),
  fc.record({ type: fc.constant('seek' as const), atUs: fc.integer({ min: 0, max: 2 * HORIZON_US }) }),
  fc.record({
    type: fc.constant('inject' as const),
    cause: fc.constantFrom('host-failure', 'az-isolated', 'process-crash', 'link-slow', 'nonsense'),
    target: fc.constantFrom('orders.primary', 'orders.standby', 'use1-az1', 'use1-az1 <-> use1-az2', 'nowhere'),
  }),
  fc.record({ type: fc.constant('heal' as const), fault: fc.integer({ min: 0, max: 4 }) }),
  fc.constant<SessionMessage>({ type: 'request', request: 'reboot-with-failover', of: 'orders' }),
  fc.record({ type: fc.constant('restart' as const), seed: fc.constantFrom('7', '8') }),
);

/** Something that a person does, or that happens to them. */
type Step =
  | { readonly does: SessionMessage }
  | { readonly passesMs: number }
  | { readonly simulates: number }
  | { readonly reconnects: true };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: message.map((does) => ({ does })) },
  { weight: 3, arbitrary: fc.integer({ min: 33, max: 500 }).map((passesMs) => ({ passesMs })) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 20 }).map((simulates) => ({ simulates })) },
  { weight: 1, arbitrary: fc.constant<Step>({ reconnects: true }) },
);

function take(watched: WatchedSession, taken: Step): void {
  if ('does' in taken) watched.say(taken.does);
  else if ('passesMs' in taken) watched.pass(taken.passesMs);
  else if ('simulates' in taken) {
    let strides = 0;
    watched.session.stage.work(() => ++strides >= taken.simulates);
  } else watched.reconnect({ run: watched.page.run, seqs: [watched.page.seq] });
}

describe('a session', () => {
  it('shows what its saved scenario replays to, whatever is done in whatever order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const watched = new WatchedSession().say({ type: 'load', name: 'short' });
        for (const taken of steps) take(watched, taken);
        watched.simulate().say({ type: 'play', speed: 1_000 }).pass(1_000).say({ type: 'save' });
        const { yaml, digest } = watched.page.last('saved');
        const parsed = parseScenario(yaml, 'saved', kinds);
        if (!parsed.ok) throw new Error(parsed.problems[0]?.found);
        const replay = [...simulate(parsed.scenario, kinds)];
        expect(digestOf(replay)).toBe(digest);
        // The page throws at records that are missing or doubled; at the end it has all of them.
        expect(watched.page.view.records).toBe(replay.length);
        expect(watched.page.last('state').ended).toBe(true);
        expect(watched.faultsOfOurs).toEqual([]);
      }),
    );
  });
});
