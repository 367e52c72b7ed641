import { kinds } from '@faultline/models';
import { describe, expect, it } from 'vitest';
import { ChartBench } from '../../packages/models/src/testing/chart-bench.ts';
import { ChartBreaker } from './chart-breaker.ts';
import { chartMutantsOf } from './chart-mutants.ts';

const kind = kinds.get('rds.read-replica');
if (!kind) throw new Error('no kind to break');
const mutants = chartMutantsOf(kind);
const numberOf = (name: string) => mutants.findIndex((mutant) => mutant.name === name);

/** Whether the chart has stopped after a fact that it always has a use for. */
function stops(): boolean {
  const { machine, timings } = kind as NonNullable<typeof kind>;
  const bench = new ChartBench(machine, timings, { replica: 'r', region: 'here', engine: 'mysql' });
  bench.tell('STOP_REPLICATION_REQUESTED');
  return bench.isIn('replication.stopped');
}

describe('a chart that is broken where it is', () => {
  const breaker = new ChartBreaker(kind);
  const dropped = numberOf('replication.replicating: on STOP_REPLICATION_REQUESTED → stopped: dropped');
  const elsewhere = numberOf('replication.stopped: on START_REPLICATION_REQUESTED → replicating: dropped');

  it('does what its mutant does, one at a time, until it is mended', () => {
    breaker.breakNothing();
    expect(stops()).toBe(true);
    breaker.breakOnly(dropped);
    expect(stops()).toBe(false);
    breaker.breakOnly(elsewhere);
    expect(stops()).toBe(true);
    breaker.breakOnly(dropped);
    breaker.mend();
    expect(stops()).toBe(true);
  });

  it('tells which mutants a test came by', async () => {
    const passed = await breaker.passedBy(async () => void stops());
    expect([dropped, elsewhere].map((mutant) => passed.has(mutant))).toEqual([true, true]);
    expect(passed.has(numberOf('watch.deciding: entry without callFor promote-replica'))).toBe(false);
    expect(stops()).toBe(true);
  });
});
