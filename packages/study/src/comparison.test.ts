import { kinds } from '@faultline/models';
import { expect, it } from 'vitest';
import { planComparison } from './comparison.ts';
import { type ComparisonFault, comparisonFaults } from './comparison-fault.ts';
import { inProcessExecutor } from './executors/in-process.ts';
import { runAll } from './executors/run-all.ts';

it('says what a planned failover asks of each kind, and of no other fault', async () => {
  const chosen = ['rds.single-az', 'rds.multi-az-instance'].flatMap((id) => kinds.get(id) ?? []);
  const notesOf = async (id: string): Promise<string> => {
    const fault = comparisonFaults.get(id) as ComparisonFault;
    const plan = planComparison({ kinds: chosen, registry: kinds, fault, trials: 1, seed: '7' });
    await runAll(inProcessExecutor(kinds), plan.jobs);
    return plan.result().notes.join(' ');
  };
  expect(await notesOf('planned-failover')).toContain(
    'What is asked for: RDS Single-AZ DB instance: reboot; RDS Multi-AZ DB instance: reboot-with-failover.',
  );
  expect(await notesOf('process-crash')).not.toContain('What is asked for');
});
