import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Command } from 'commander';
import { CommandError, EXIT } from '../exit-codes.ts';

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .summary('watch a failover, break things by hand, race the deployments')
    .description(
      'Serves the dashboard on this machine and prints its address: the page at /, its socket at /ws, health at /healthz, Prometheus metrics at /metrics. Ctrl-C ends it.',
    )
    .option('--port <number>', 'where to listen; 0 takes any free port (default: 7878, or FAULTLINE_PORT)')
    .option('--host <address>', 'address to listen at; others than loopback can be reached from elsewhere')
    .option('--allow-host <name...>', 'other names under which pages may come')
    .option('--no-prepare', 'simulates nothing before somebody asks for it')
    .option('--json', 'one JSON document on standard output, with the address')
    .action(serve);
}

interface ServeOptions {
  readonly port?: string;
  readonly host?: string;
  readonly allowHost?: readonly string[];
  readonly prepare: boolean;
  readonly json?: boolean;
}

async function serve(options: ServeOptions): Promise<void> {
  const { port, host, allowHost = [], prepare, json = false } = options;
  const given = [
    ...(port === undefined ? [] : ['--port', port]),
    ...(host === undefined ? [] : ['--host', host]),
    ...allowHost.flatMap((name) => ['--allow-host', name]),
    ...(prepare ? [] : ['--no-prepare']),
    ...(json ? ['--json'] : []),
  ];
  process.exitCode = await exitOf(given);
}

/** Runs the dashboard until it ends, and passes on to it what would end this process. */
function exitOf(given: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [dashboardPath(), ...given], {
    // The channel closes with this process, however it ends: then the dashboard ends too.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // A terminal sends SIGINT to both processes; this one waits for the other to end in good order.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(new CommandError(`serve: the dashboard cannot be started (${error.message})`, EXIT.ourFault)),
    );
    child.once('exit', (code) => resolve(code ?? EXIT.ourFault));
  });
}

/** The dashboard is an application of its own: it is found by the name of its package and started as a process. */
function dashboardPath(): string {
  const require = createRequire(import.meta.url);
  try {
    return require.resolve('@faultline/dashboard/bin/faultline-dashboard.js');
  } catch {
    throw new CommandError('serve: the dashboard is not installed; expected @faultline/dashboard', EXIT.usage);
  }
}
