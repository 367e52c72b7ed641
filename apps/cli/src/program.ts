import { Command } from 'commander';
import { addCheckCommand } from './commands/check.ts';
import { addCompareCommand } from './commands/compare.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addListCommand } from './commands/list.ts';
import { addRunCommand } from './commands/run.ts';
import { addServeCommand } from './commands/serve.ts';
import { addStudyCommand } from './commands/study.ts';
import { addValidateCommand } from './commands/validate.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { addWorkerCommand } from './commands/worker.ts';

/** The `faultline` command with all its subcommands. */
export function faultlineProgram(): Command {
  const program = new Command('faultline')
    .description('Simulates replication and failover of managed databases: what clients live through when one fails.')
    .version('0.1.0')
    .showHelpAfterError('(add --help for the options)')
    .exitOverride();
  addRunCommand(program);
  addCompareCommand(program);
  addStudyCommand(program);
  addWorkerCommand(program);
  addCheckCommand(program);
  addListCommand(program);
  addExplainCommand(program);
  addValidateCommand(program);
  addVerifyCommand(program);
  addServeCommand(program);
  for (const command of program.commands) command.exitOverride().showHelpAfterError('(add --help for the options)');
  return program;
}
