import { describe, expect, it } from 'vitest';
import { type Operation, pairOperations } from '../operations.ts';
import { parseHistory } from '../reading/history-reader.ts';
import { ANOMALIES } from './anomaly.ts';
import { CONSISTENCY_MODELS, forbiddenBy, violatedModels } from './consistency-model.ts';
import { checkListAppend } from './list-append.ts';
import { checkRwRegister } from './rw-register.ts';

/**
 * Transactions one to a line: `process: outcome steps`. All begin before any ends, but for lines after `then`, so that
 * real time says nothing unless it is to.
 */
function history(text: string): readonly Operation[] {
  const events = text.split(/\n\s*then\n/).flatMap((block) => {
    const lines = block.trim().split('\n');
    const parsed = lines.map((line) => /^\s*(\d+): (\w+) (.*)$/.exec(line) as RegExpExecArray);
    const event = ([, process, outcome, steps]: readonly string[], type: string) =>
      `{:process ${process}, :type :${type === 'invoke' ? type : outcome}, :f :txn, :value [${steps}]}`;
    return [...parsed.map((one) => event(one, 'invoke')), ...parsed.map((one) => event(one, 'end'))];
  });
  return pairOperations(parseHistory(events.join('\n')));
}

const lists = (text: string, model = 'strict-serializable') => checkListAppend(history(text), model, { left: 1e6 });
const registers = (text: string, model = 'strict-serializable', linearizableKeys = false) =>
  checkRwRegister(history(text), model, { left: 1e6 }, { linearizableKeys });

const names = ({ anomalies }: { readonly anomalies: readonly { readonly name: string }[] }) =>
  anomalies.map(({ name }) => name).sort();

describe('lists', () => {
  it.each<[string, string[], string]>([
    // Two writers that each come first at one of two keys.
    [
      '0: ok [:append x 1] [:append y 1]\n1: ok [:append x 2] [:append y 2]\n2: ok [:r x [1 2]] [:r y [2 1]]',
      ['G0'],
      'read-uncommitted',
    ],
    ['0: fail [:append x 1]\n1: ok [:r x [1]]', ['G1a'], 'read-committed'],
    ['0: ok [:append x 1] [:append x 2]\n1: ok [:r x [1]]', ['G-single', 'G1b'], 'read-committed'],
    ['0: ok [:append x 1] [:r y [1]]\n1: ok [:append y 1] [:r x [1]]', ['G1c'], 'read-committed'],
    ['0: ok [:append x 1] [:append y 1]\n1: ok [:r x [1]] [:r y []]', ['G-single'], 'consistent-view'],
    ['0: ok [:append x 1] [:r y []]\n1: ok [:append y 1] [:r x []]', ['G2-item'], 'repeatable-read'],
    ['0: ok [:r x []] [:append x 1]\n1: ok [:r x []] [:append x 2]', ['G2-item', 'lost-update'], 'cursor-stability'],
    [
      '0: ok [:append x 1]\n1: ok [:append y 1]\n2: ok [:r x [1]] [:r y []]\n3: ok [:r x []] [:r y [1]]',
      ['G-nonadjacent', 'long-fork'],
      'snapshot-isolation',
    ],
    ['0: ok [:append x 1] [:r x []]', ['internal'], 'read-atomic'],
    ['0: ok [:r x [1]] [:append x 1]', ['future-read'], 'read-committed'],
    ['0: ok [:append x 1]\n1: ok [:r x [1 1]]', ['duplicate-elements'], 'read-uncommitted'],
    [
      '0: ok [:append x 1]\n1: ok [:append x 2]\n2: ok [:r x [1 2]]\n3: ok [:r x [2 1]]',
      ['incompatible-order'],
      'read-committed',
    ],
    ['0: ok [:r x [9]]', ['garbage-read'], 'read-uncommitted'],
    ['0: fail [:append x 1]\n1: ok [:append x 2]\n2: ok [:r x [1 2]]', ['G1a', 'dirty-update'], 'read-committed'],
    [
      '0: ok [:append x 1]\n then\n0: ok [:r x []]\n then\n1: ok [:r x [1]]',
      ['G-single-process', 'not-read-your-writes'],
      'read-your-writes',
    ],
    [
      '0: ok [:append x 1]\n1: ok [:append x 2]\n2: ok [:r x [1 2]]\n then\n2: ok [:r x [1]]',
      ['G-single-process', 'non-monotonic-reads'],
      'monotonic-reads',
    ],
    [
      '0: ok [:append x 1]\n then\n0: ok [:append x 2]\n then\n1: ok [:r x [2 1]]',
      ['G0-process', 'non-monotonic-writes'],
      'monotonic-writes',
    ],
    [
      '0: ok [:append x 1]\n1: ok [:r x [2 1]]\n then\n1: ok [:append x 2]',
      ['G0-realtime', 'G1c-process', 'not-writes-follow-reads'],
      'writes-follow-reads',
    ],
    ['0: ok [:append x 1]\n then\n1: ok [:r x []]', ['G-single-realtime'], 'strong-snapshot-isolation'],
  ])('%s', (text, expected, violated) => {
    const result = lists(text);
    expect(names(result)).toEqual([...expected].sort());
    expect(result.verdict).toBe('invalid');
    expect(result.violates.weakest).toContain(violated);
    expect(lists(text, violated).verdict).toBe('invalid');
  });

  it('of a transaction in doubt count if somebody read them, and only then', () => {
    const doubtful = '0: info [:append x 1] [:append y 1]\n1: ok [:r x [1]]';
    expect(lists(`${doubtful}\n2: ok [:r y []]`).verdict).toBe('valid');
    expect(lists(`${doubtful} [:r y []]`).verdict).toBe('invalid');
    expect(lists('0: info [:append x 1]\n then\n1: ok [:r x []]').verdict).toBe('valid');
  });

  it('of which an element was appended twice leave the verdict open', () => {
    const result = lists('0: ok [:append x 1]\n1: ok [:append x 1]\n2: ok [:r x [1]]');
    expect(result.verdict).toBe('unknown');
    expect(result.doubts.join()).toContain('1 was appended to x more than once');
  });
});

describe('a completion without a value', () => {
  it('does not say what was read', () => {
    const silent = `{:process 0, :type :invoke, :f :txn, :value [[:append x 1]]} {:process 0, :type :ok, :f :txn}
      {:process 1, :type :invoke, :f :txn, :value [[:r x nil]]} {:process 1, :type :ok, :f :txn}`;
    const check = (text: string) =>
      checkListAppend(pairOperations(parseHistory(text)), 'strict-serializable', { left: 9 });
    expect(check(silent).verdict).toBe('valid');
    expect(check(`${silent.slice(0, -1)}, :value [[:r x nil]]}`).verdict).toBe('invalid');
  });
});

describe('registers', () => {
  it.each<[string, string[], string]>([
    ['0: fail [:w x 1]\n1: ok [:r x 1]', ['G1a'], 'read-committed'],
    ['0: ok [:w x 1] [:w x 2]\n1: ok [:r x 1]', ['G1b'], 'read-committed'],
    ['0: ok [:w x 1] [:r y 1]\n1: ok [:w y 1] [:r x 1]', ['G1c'], 'read-committed'],
    ['0: ok [:r x nil] [:r y 1]\n1: ok [:w x 2] [:w y 1]', ['G-single'], 'consistent-view'],
    ['0: ok [:r x nil] [:w y 1]\n1: ok [:r y nil] [:w x 1]', ['G2-item'], 'repeatable-read'],
    ['0: ok [:r y 1] [:w x 1] [:w y 2]\n1: ok [:r x 1] [:r y 1]\n2: ok [:w y 1]', ['G-single'], 'consistent-view'],
    [
      '0: ok [:w x 1]\n1: ok [:r x 1] [:w x 2]\n2: ok [:r x 1] [:w x 3]',
      ['G2-item', 'lost-update'],
      'cursor-stability',
    ],
    ['0: ok [:w x 1] [:r x 2]\n1: ok [:w x 2]', ['internal'], 'read-atomic'],
    ['0: ok [:w x 1]\n then\n0: ok [:r x nil]', ['G-single-process', 'not-read-your-writes'], 'read-your-writes'],
    ['0: ok [:w x 1]\n then\n1: ok [:r x nil]', ['G-single-realtime'], 'strong-snapshot-isolation'],
    [
      '0: ok [:w x 1]\n1: ok [:w x 2]\n then\n0: ok [:r x 2]\n1: ok [:r x 1]',
      // Whichever came first, one of the two did not read what it had written or anything later.
      ['not-read-your-writes'],
      'read-your-writes',
    ],
  ])('%s', (text, expected, violated) => {
    const result = registers(text);
    expect(names(result)).toEqual(expected);
    expect(result.violates.weakest).toContain(violated);
    expect(registers(text, violated).verdict).toBe('invalid');
  });

  it('do not show the order of blind writes, unless each key is, or is taken to be, linearizable', () => {
    const stale = '0: ok [:w x 1]\n then\n1: ok [:w x 2]\n then\n2: ok [:r x 1]';
    for (const model of ['serializable', 'strong-session-serializable'])
      expect(registers(stale, model).verdict).toBe('valid');
    // Whatever obeys these has linearizable keys.
    for (const model of ['strict-serializable', 'strong-snapshot-isolation', 'linearizable'])
      expect(names(registers(stale, model))).toEqual(['cyclic-versions-realtime']);
    expect(names(registers(stale, 'strong-read-committed', true))).toEqual(['cyclic-versions-realtime']);
  });

  it('may hold values from before the history, of which nothing is concluded', () => {
    const result = registers('0: ok [:w x 2]\n then\n0: ok [:r x 3]\n then\n0: ok [:r x 2]');
    expect(result.verdict).toBe('valid');
    expect(result.notes.join()).toContain('x was read as 3, which nobody set');
  });
});

/** Histories that break a promise to one process, or that keep it although they break another. */
describe('sessions', () => {
  it.each<[string, string, 'valid' | 'invalid', 'lists' | 'registers']>([
    [
      'monotonic-reads',
      '0: ok [:w x 1]\n1: ok [:w x 2]\n2: ok [:r x 1]\n then\n2: ok [:r x 2]\n then\n2: ok [:r x 1]',
      'invalid',
      'registers',
    ],
    [
      'read-your-writes',
      '0: ok [:w x 1]\n1: ok [:w x 2]\n2: ok [:r x 1]\n then\n2: ok [:r x 2]\n then\n2: ok [:r x 1]',
      'valid',
      'registers',
    ],
    // Each promise alone could be kept, by another order of the two writes.
    [
      'monotonic-reads',
      '0: ok [:w x 1]\n then\n0: ok [:w x 2]\n then\n1: ok [:r x 2]\n then\n1: ok [:r x 1]',
      'valid',
      'registers',
    ],
    [
      'monotonic-writes',
      '0: ok [:w x 1]\n then\n0: ok [:w x 2]\n then\n1: ok [:r x 2]\n then\n1: ok [:r x 1]',
      'valid',
      'registers',
    ],
    [
      'pram',
      '0: ok [:w x 1]\n then\n0: ok [:w x 2]\n then\n1: ok [:r x 2]\n then\n1: ok [:r x 1]',
      'invalid',
      'registers',
    ],
    [
      'writes-follow-reads',
      '0: ok [:r x 2] [:w x 1]\n then\n1: ok [:r x 1]\n then\n1: ok [:w x 2]',
      'invalid',
      'registers',
    ],
    // A read lacks what its process had seen, whatever the order of the two may be.
    [
      'monotonic-reads',
      '0: ok [:append x 1]\n1: ok [:append x 2]\n2: ok [:r x [1 2]]\n then\n2: ok [:r x [2]]',
      'invalid',
      'lists',
    ],
    [
      'writes-follow-reads',
      '0: ok [:append x 1]\n1: ok [:r x [1]]\n then\n1: ok [:append x 2]\n then\n2: ok [:r x [2 1]]',
      'invalid',
      'lists',
    ],
    // What was seen depends on a write that was missed.
    [
      'causal',
      '0: ok [:append x 1]\n1: ok [:r x [1]]\n then\n1: ok [:append y 1]\n then\n2: ok [:r y [1]]\n then\n2: ok [:r x []]',
      'invalid',
      'lists',
    ],
    [
      'pram',
      '0: ok [:append x 1]\n1: ok [:r x [1]]\n then\n1: ok [:append y 1]\n then\n2: ok [:r y [1]]\n then\n2: ok [:r x []]',
      'valid',
      'lists',
    ],
    [
      'causal',
      '0: ok [:w x 1]\n1: ok [:r x 1]\n then\n1: ok [:w y 1]\n then\n2: ok [:r y 1]\n then\n2: ok [:r x nil]',
      'invalid',
      'registers',
    ],
    // Nothing says that what is overwritten was seen.
    [
      'causal',
      '0: ok [:append x 1] [:append y 1]\n1: ok [:append y 2]\n2: ok [:r y [1 2]]\n then\n3: ok [:append z 1]',
      'valid',
      'lists',
    ],
    // Two processes that each miss what the other wrote before.
    [
      'sequential',
      '0: ok [:w x 1]\n then\n0: ok [:r y nil]\n1: ok [:w y 1]\n then\n1: ok [:r x nil]',
      'invalid',
      'registers',
    ],
    [
      'causal',
      '0: ok [:w x 1]\n then\n0: ok [:r y nil]\n1: ok [:w y 1]\n then\n1: ok [:r x nil]',
      'valid',
      'registers',
    ],
    [
      'linearizable',
      '0: ok [:append x 1]\n then\n1: ok [:append x 2]\n then\n2: ok [:r x [1]]\n then\n1: ok [:r x [1 2]]',
      'invalid',
      'lists',
    ],
    [
      'sequential',
      '0: ok [:append x 1]\n then\n1: ok [:append x 2]\n then\n2: ok [:r x [1]]\n then\n1: ok [:r x [1 2]]',
      'valid',
      'lists',
    ],
  ])('%s: %s is %s', (model, text, verdict, kind) => {
    expect((kind === 'lists' ? lists(text, model) : registers(text, model)).verdict).toBe(verdict);
  });
});

describe('what a transaction has to look like', () => {
  it.each([
    ['0: ok [:append x 1] [:w y 2]', 'line 1: found a step w, expected a transaction: a list of [:r key value]'],
    ['0: ok [:append]', 'found the step [append], expected a transaction'],
  ])('%s', (text, message) => {
    expect(() => lists(text)).toThrow(message);
  });
});

describe('consistency models', () => {
  it('forbid only anomalies that there are', () => {
    const forbidden = [...CONSISTENCY_MODELS.values()].flatMap((model) => [...forbiddenBy(model)]);
    expect(forbidden.filter((name) => !ANOMALIES.has(name))).toEqual([]);
  });

  it('know of every anomaly: strict serializability rules all of them out', () => {
    const allowed = [...ANOMALIES.keys()].filter((name) => !violatedModels([name]).all.includes('strict-serializable'));
    expect(allowed).toEqual([]);
  });

  it('are violated together with all that are stronger', () => {
    expect(violatedModels(['G2-item'])).toEqual({
      weakest: ['repeatable-read', 'sequential'],
      all: [
        'repeatable-read',
        'serializable',
        'sequential',
        'linearizable',
        'strong-session-serializable',
        'strict-serializable',
      ],
    });
    expect(violatedModels(['lost-update']).weakest).toEqual(['cursor-stability', 'update-atomic', 'sequential']);
    expect(violatedModels(['internal']).weakest).toEqual(['read-atomic']);
  });
});
