import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/faultline.js', import.meta.url));

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Starts the built command and reads the line that it prints. */
async function serve(...args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly line: string }> {
  const child = spawn(process.execPath, [BIN, 'serve', '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  if (child.stdout === null) throw new Error('no standard output');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, line };
}

/** Runs the built command to its end. */
function refused(...args: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, [BIN, 'serve', ...args], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stderr };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('serve', () => {
  it('prints the address, answers there, and ends in good order when asked to', async () => {
    const { child, line } = await serve();
    const url = /^dashboard: (http:\/\/127\.0\.0\.1:\d+\/)$/.exec(line)?.[1] ?? '';
    const health = await fetch(`${url}healthz`);
    expect(await health.json()).toEqual({ status: 'ok', sessions: 0 });
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
    await expect(fetch(`${url}healthz`)).rejects.toThrow();
  });

  it('leaves nothing behind when it is killed', async () => {
    const { child, line } = await serve('--json');
    const { pid } = JSON.parse(line) as { readonly pid: number };
    child.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });

  it('says what to do when the port is taken', async () => {
    const { line } = await serve('--json');
    const { port } = new URL((JSON.parse(line) as { readonly url: string }).url);
    expect(refused('--port', port)).toEqual({
      status: 64,
      stderr: expect.stringContaining(`--port ${port}: found it in use`),
    });
  });

  it.each([
    [['--port', 'seven'], '--port: found "seven", expected a number from 0 to 65535'],
    [['--host', '203.0.113.9'], '--host 203.0.113.9: found no such address here'],
    [['--prot', '7'], 'unknown option'],
  ])('refuses %j', (args, reason) => {
    expect(refused(...args)).toEqual({ status: 64, stderr: expect.stringContaining(reason) });
  });
});
