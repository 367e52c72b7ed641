import type { Command } from 'commander';
import { checkedSeed } from './scenario-file.ts';

const VARIABLE = 'FAULTLINE_SEED';

/** A seed out of the environment is complained of by the name of its variable: nobody wrote `--seed`. */
export function checkEnvironmentSeed(command: Command): void {
  if (command.getOptionValueSource('seed') !== 'env') return;
  checkedSeed(String(command.getOptionValue('seed')), `environment variable ${VARIABLE}`, `${VARIABLE}=7`);
}
