import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../../bin/faultline-dashboard.js', import.meta.url));

/** A dashboard in a process of its own, as people start it. */
export interface Served {
  readonly url: string;
  /** Value of a line of `/metrics`. */
  metric(name: string): Promise<number>;
  close(): Promise<void>;
}

export async function startServer(): Promise<Served> {
  const child = spawn(process.execPath, [SERVER, '--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { url } = JSON.parse(await firstLine(child)) as { readonly url: string };
  return {
    url,
    async metric(name) {
      const text = await (await fetch(`${url}metrics`)).text();
      const value = new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1];
      if (value === undefined) throw new Error(`no metric ${name}`);
      return Number(value);
    },
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the server has no standard output');
  const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string];
  return line;
}
