import { CommanderError } from 'commander';
import { CommandError, EXIT } from './exit-codes.ts';
import { log } from './output.ts';
import { faultlineProgram } from './program.ts';

// A reader that has seen enough (`| head`) closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.ok);
  log(`standard output: cannot be written (${error.code ?? error.message})`);
  process.exit(EXIT.ourFault);
});

try {
  await faultlineProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommandError) {
    log(error.message);
    return error.exitCode;
  }
  // Commander has printed its own message: help is no error, all else is wrong usage.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  log(`faultline: this is our fault, please report it: ${error instanceof Error ? error.message : String(error)}`);
  if (process.env.FAULTLINE_DEBUG && error instanceof Error) log(error.stack ?? '');
  return EXIT.ourFault;
}
