import { type ChildProcess, spawn } from 'node:child_process';
import { requireBuild } from '../laws/command-line.ts';
import { ROOT } from '../laws/project-files.ts';

/** A dashboard in a process of its own, as a user starts it. */
export interface Served {
  readonly url: string;
  readonly port: number;
  /** Ends the process at once, as a crash would. */
  kill(): Promise<void>;
}

const START_LIMIT_MS = 30_000;

/** Starts the dashboard; `port` 0 takes any. */
export async function serve(port = 0): Promise<Served> {
  requireBuild();
  const command = ['apps/dashboard/bin/faultline-dashboard.js', '--port', String(port), '--no-prepare', '--json'];
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const { url } = JSON.parse(await firstLine(child)) as { readonly url: string };
  return { url, port: Number(new URL(url).port), kill: () => killed(child) };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the dashboard did not start')), START_LIMIT_MS);
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('exit', (code) => reject(new Error(`the dashboard ended with ${code}`)));
  });
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
