import { describe, expect, it } from 'vitest';
import { smallWorld } from '../testing/small-world.ts';
import { type Answer, Exchange, HANDSHAKE, type Patience } from './exchange.ts';

const NONE = Number.POSITIVE_INFINITY;
const patient: Patience = { answerUs: NONE, retransmitUs: 924_600_000, silenceUs: NONE };
const cut = { touches: () => true, blocks: true };

/** One request to a node that answers after 2 ms, or as `serve` says; what the client learned and when. */
function ask(options: { patience?: Patience; incarnation?: number; serve?: (exchange: Exchange) => void } = {}) {
  const world = smallWorld();
  const { agenda, node, out, back } = world;
  const heard: { answer: Answer; atUs: number }[] = [];
  const serve = options.serve ?? ((exchange: Exchange) => exchange.replyAt(agenda.nowUs + 2_000, { value: 5 }));
  const exchange = new Exchange(
    agenda,
    node,
    out,
    back,
    options.incarnation ?? node.incarnation,
    options.patience ?? patient,
    { atNode: serve, atClient: (answer) => heard.push({ answer, atUs: agenda.nowUs }) },
  );
  exchange.start();
  return { ...world, exchange, heard };
}

describe('an exchange', () => {
  it('takes the way there, the work and the way back', () => {
    const { agenda, heard, node } = ask();
    agenda.runUntil(10_000);
    expect(heard).toEqual([{ answer: { kind: 'reply', reply: { value: 5 } }, atUs: 4_000 }]);
    expect(node.held.size).toBe(0);
  });

  it('is reset when it reaches another life of the process', () => {
    const { agenda, heard } = ask({ incarnation: 99 });
    agenda.runUntil(10_000);
    expect(heard).toEqual([{ answer: { kind: 'reset', reached: false }, atUs: 2_000 }]);
  });

  it('opens a connection to any life that listens', () => {
    const { agenda, heard } = ask({ incarnation: HANDSHAKE });
    agenda.runUntil(10_000);
    expect(heard[0]?.answer.kind).toBe('reply');
  });

  it('is reset at once when the process crashes while it works', () => {
    const { agenda, heard, node } = ask();
    agenda.runUntil(2_000);
    node.stop('crashed', false, agenda.nowUs);
    agenda.runUntil(10_000);
    expect(heard).toEqual([{ answer: { kind: 'reset', reached: true }, atUs: 3_000 }]);
  });

  it('gets an answer that had left before the crash', () => {
    const { agenda, heard, node } = ask();
    agenda.runUntil(3_500);
    node.stop('crashed', false, agenda.nowUs);
    agenda.runUntil(10_000);
    expect(heard).toEqual([{ answer: { kind: 'reply', reply: { value: 5 } }, atUs: 4_000 }]);
  });

  it('hangs on a host that went silent, until its patience ends', () => {
    const { agenda, heard, node } = ask({ patience: { ...patient, answerUs: 5_000_000 } });
    agenda.runUntil(2_000);
    node.hostUp = false;
    node.stop('stopped', true, agenda.nowUs);
    agenda.runUntil(60_000_000);
    expect(heard).toEqual([{ answer: { kind: 'timeout', reached: true }, atUs: 5_000_000 }]);
  });

  it('without a time-out, a request that never arrived is given up by TCP after 924.6 s', () => {
    const { agenda, heard, node } = ask();
    node.hostUp = false;
    agenda.runUntil(2_000_000_000);
    expect(heard).toEqual([{ answer: { kind: 'timeout', reached: false }, atUs: 924_600_000 }]);
  });

  it('with keepalive, silence after an acknowledged request is noticed', () => {
    const { agenda, heard, node } = ask({
      patience: { ...patient, silenceUs: 6_000_000 },
      serve: (exchange) => exchange.hold(),
    });
    agenda.runUntil(2_000);
    node.hostUp = false;
    node.stop('stopped', true, agenda.nowUs);
    agenda.runUntil(60_000_000);
    expect(heard).toEqual([{ answer: { kind: 'timeout', reached: true }, atUs: 6_000_000 }]);
  });

  it('keepalive does not give up a living host that takes its time', () => {
    const { agenda, heard } = ask({
      patience: { ...patient, silenceUs: 6_000_000 },
      serve: (exchange) => exchange.hold(),
    });
    agenda.runUntil(600_000_000);
    expect(heard).toEqual([]);
  });

  it.each([
    { cutAtUs: 5_000_000, noticedAtUs: 45_000_000 },
    { cutAtUs: 29_000_000, noticedAtUs: 45_000_000 },
    { cutAtUs: 31_000_000, noticedAtUs: 75_000_000 },
    { cutAtUs: 200_000_000, noticedAtUs: 225_000_000 },
  ])(
    'keepalive of 30 s and 3 probes 5 s apart notices a way that closes after $cutAtUs µs of work',
    ({ cutAtUs, noticedAtUs }) => {
      const { agenda, heard, network } = ask({
        patience: { ...patient, silenceUs: 45_000_000, idleUs: 30_000_000 },
        serve: (exchange) => exchange.hold(),
      });
      agenda.runUntil(cutAtUs);
      network.disturb(cut);
      agenda.runUntil(600_000_000);
      expect(heard).toEqual([{ answer: { kind: 'timeout', reached: true }, atUs: noticedAtUs }]);
    },
  );

  it('keepalive does not lose an answer that takes longer than it', () => {
    const { agenda, heard } = ask({
      patience: { ...patient, silenceUs: 6_000_000, idleUs: 1_000_000 },
      serve: (exchange) => exchange.replyAt(90_000_000, { value: 5 }),
    });
    agenda.runUntil(600_000_000);
    expect(heard).toEqual([{ answer: { kind: 'reply', reply: { value: 5 } }, atUs: 90_001_000 }]);
  });

  it('is reset by a host that comes back, at its next retransmission', () => {
    const { agenda, heard, node } = ask();
    node.hostUp = false;
    agenda.runUntil(1_000_000);
    node.hostReturned();
    agenda.runUntil(10_000_000);
    // Segments go out again after 0.2, 0.6 and 1.4 s.
    expect(heard).toEqual([{ answer: { kind: 'reset', reached: false }, atUs: 1_401_000 }]);
  });

  it('survives a cut: TCP sends again after the path has opened', () => {
    const { agenda, heard, network } = ask();
    agenda.runUntil(500);
    const heal = network.disturb(cut);
    agenda.runUntil(1_000_000);
    heal();
    agenda.runUntil(10_000_000);
    expect(heard).toEqual([{ answer: { kind: 'reply', reply: { value: 5 } }, atUs: 1_400_000 + 4_000 }]);
  });

  it('loses an answer on a path that closes in one direction, and the client cannot know', () => {
    const { agenda, heard, network, node } = ask({ patience: { ...patient, answerUs: 3_000_000 } });
    agenda.runUntil(1_500);
    network.disturb({ touches: (from) => from === node.site, blocks: true });
    agenda.runUntil(10_000_000);
    expect(heard).toEqual([{ answer: { kind: 'timeout', reached: true }, atUs: 3_000_000 }]);
  });

  it('may be promised another time as long as it has not left', () => {
    const { agenda, heard, exchange } = ask({ serve: (held) => held.replyAt(50_000, { value: 1 }) });
    agenda.runUntil(10_000);
    exchange.hold();
    agenda.runUntil(60_000);
    expect(heard).toEqual([]);
    exchange.replyAt(70_000, { value: 2 });
    agenda.runUntil(100_000);
    expect(heard).toEqual([{ answer: { kind: 'reply', reply: { value: 2 } }, atUs: 71_000 }]);
  });
});
