import { Command, type CommanderError } from 'commander';
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
import { checkEnvironmentSeed } from './environment-seed.ts';
import { wrongUsage } from './wrong-usage.ts';

/** The `faultline` command with all its subcommands. */
export function faultlineProgram(): Command {
  const program = new Command('faultline')
    .description('Simulates replication and failover of managed databases: what clients live through when one fails.')
    .version('0.1.0')
    .hook('preAction', (_, command) => checkEnvironmentSeed(command));
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
  for (const command of [program, ...program.commands]) wordErrors(command);
  return program;
}

/** Errors are worded here and printed where the command ends; help and the version are no errors. */
function wordErrors(command: Command): void {
  command
    .showSuggestionAfterError(false)
    .configureOutput({ outputError: () => {} })
    .exitOverride((error: CommanderError) => {
      throw error.exitCode === 0 || error.code === 'commander.help' ? error : wrongUsage(error, command);
    });
}
