import { kinds } from '@faultline/models';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { ChartBreaker } from './chart-breaker.ts';
import { chartMutantsOf } from './chart-mutants.ts';

const kind = kinds.get('rds.read-replica');
if (!kind) throw new Error('no kind to break');
const mutants = chartMutantsOf(kind);
const numberOf = (name: string) => mutants.findIndex((mutant) => mutant.name === name);

/** Where the chart is after a fact that it always has a use for. */
function afterStop(): unknown {
  const { machine } = kind as NonNullable<typeof kind>;
  const actor = createActor(machine, { input: { replica: 'r', region: 'here', engine: 'mysql' } }).start();
  actor.send({ type: 'STOP_REPLICATION_REQUESTED', timings: { replicationTimeoutMs: 1e9 } } as never);
  const { replication } = actor.getSnapshot().value as { readonly replication: unknown };
  actor.stop();
  return replication;
}

describe('a chart that is broken where it is', () => {
  const breaker = new ChartBreaker(kind);
  const dropped = numberOf('replication.replicating: on STOP_REPLICATION_REQUESTED → stopped: dropped');
  const elsewhere = numberOf('replication.stopped: on START_REPLICATION_REQUESTED → replicating: dropped');

  it('does what its mutant does, one at a time, until it is mended', () => {
    breaker.breakNothing();
    expect(afterStop()).toBe('stopped');
    breaker.breakOnly(dropped);
    expect(afterStop()).toBe('replicating');
    breaker.breakOnly(elsewhere);
    expect(afterStop()).toBe('stopped');
    breaker.breakOnly(dropped);
    breaker.mend();
    expect(afterStop()).toBe('stopped');
  });

  it('tells which mutants a test came by', async () => {
    const passed = await breaker.passedBy(async () => void afterStop());
    expect([dropped, elsewhere].map((mutant) => passed.has(mutant))).toEqual([true, true]);
    expect(passed.has(numberOf('watch.deciding: entry without callFor promote-replica'))).toBe(false);
    expect(afterStop()).toBe('stopped');
  });
});
