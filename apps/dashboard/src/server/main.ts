import { Command, CommanderError, Option } from 'commander';
import { type Dashboard, type DashboardOptions, serveDashboard } from './dashboard-server.ts';

/** As those of the `faultline` command. */
const EXIT = { ok: 0, usage: 64, ourFault: 70 } as const;

const DEFAULT_PORT = 7878;

interface ServeOptions {
  readonly port: string;
  readonly host: string;
  readonly allowHost: readonly string[];
  readonly prepare: boolean;
  readonly json?: boolean;
}

const say = (text: string) => process.stdout.write(`${text}\n`);
const log = (text: string) => process.stderr.write(`${text}\n`);

class UsageError extends Error {}

function serveCommand(): Command {
  return new Command('faultline serve')
    .description('Serves the dashboard: watch a failover, break things by hand, race the deployments.')
    .addOption(
      new Option('--port <number>', 'where to listen; 0 takes any free port')
        .env('FAULTLINE_PORT')
        .default(String(DEFAULT_PORT)),
    )
    .option('--host <address>', 'address to listen at; others than loopback can be reached from elsewhere', '127.0.0.1')
    .option('--allow-host <name>', 'another name under which pages may come; may be repeated', collect, [])
    .option('--no-prepare', 'simulates nothing before somebody asks for it')
    .option('--json', 'one JSON document on standard output, with the address')
    .exitOverride()
    .showHelpAfterError('(add --help for the options)');
}

function collect(value: string, known: readonly string[]): readonly string[] {
  return [...known, value];
}

function dashboardOptions({ port, host, allowHost, prepare }: ServeOptions): DashboardOptions {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : Number.NaN;
  if (!(number <= 65_535))
    throw new UsageError(
      `--port: found ${JSON.stringify(port)}, expected a number from 0 to 65535, for example --port 7878`,
    );
  return {
    port: number,
    host,
    allowedHosts: allowHost,
    limits: prepare ? {} : { preparedBytes: 0 },
    report: (message) => log(`faultline serve: ${message}`),
  };
}

async function start(options: DashboardOptions): Promise<Dashboard> {
  try {
    return await serveDashboard(options);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    const { host, port } = options;
    const advice: Readonly<Record<string, string>> = {
      EADDRINUSE: `--port ${port}: found it in use, expected a free one, for example --port ${port + 1} (0 takes any)`,
      EACCES: `--port ${port}: found it reserved, expected one from 1024 up, for example --port 7878`,
      EADDRNOTAVAIL: `--host ${host}: found no such address here, expected one of this machine, for example --host 127.0.0.1`,
      ENOTFOUND: `--host ${host}: found no such address, expected one of this machine, for example --host 127.0.0.1`,
    };
    throw new UsageError(advice[code] ?? `cannot listen at ${host}:${port} (${code})`);
  }
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.');

async function main(): Promise<void> {
  const command = serveCommand().parse(process.argv);
  const chosen = command.opts<ServeOptions>();
  const options = dashboardOptions(chosen);
  const dashboard = await start(options);
  if (!isLoopback(options.host))
    log(
      `--host ${options.host}: whoever reaches this machine can use the dashboard; names beside the address need --allow-host`,
    );
  say(chosen.json ? JSON.stringify({ url: dashboard.url, pid: process.pid }) : `dashboard: ${dashboard.url}`);
  // A chart that fails tells its session by the way it was asked, and once more later, to nobody (XState rethrows in a
  // timer): that must not end the sessions of others.
  process.on('uncaughtException', (error) => options.report(`something broke: ${error.message}`));
  await untilAskedToStop();
  await dashboard.close();
}

/**
 * The first SIGTERM or SIGINT ends the server in good order; a second one ends the process as usual. So does the end of
 * a process that started this one over a channel.
 */
function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
    process.once('disconnect', () => resolve());
    process.channel?.unref();
  });
}

function exitCodeOf(error: unknown): number {
  // Commander has printed its own message: help is no error, all else is wrong usage.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UsageError) {
    log(error.message);
    return EXIT.usage;
  }
  log(
    `faultline serve: this is our fault, please report it: ${error instanceof Error ? error.message : String(error)}`,
  );
  return EXIT.ourFault;
}

try {
  await main();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
