import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

const SERVERS = ['redis-server', 'valkey-server'];
const PLACES = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/bin'];

/** A server of our own on a free loopback port, which keeps nothing on disk. */
export interface RedisServer {
  readonly url: string;
  /** Cuts the connections of all clients, as a network that breaks would. */
  dropClients(): Promise<void>;
  /** Leaves no memory for anything more. */
  fill(): Promise<void>;
  /** Asks everybody for this password from now on. */
  lock(password: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a real server; installs the distribution's package where there is none and it may, else says what to do. */
export async function startRedis(): Promise<RedisServer> {
  const program = installed() ?? install();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'faultline-redis-'));
  const server = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder], {
    stdio: 'ignore',
  });
  const url = `redis://127.0.0.1:${port}`;
  await answered(url);
  return {
    url,
    async dropClients() {
      const redis = new Redis(url);
      await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      redis.disconnect();
    },
    async fill() {
      const redis = new Redis(url);
      await redis.config('SET', 'maxmemory', '1');
      redis.disconnect();
    },
    async lock(password) {
      const redis = new Redis(url);
      await redis.config('SET', 'requirepass', password);
      redis.disconnect();
    },
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function installed(): string | undefined {
  return PLACES.flatMap((place) => SERVERS.map((server) => join(place, server))).find((path) => existsSync(path));
}

function install(): string {
  const mayInstall = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (!mayInstall)
    throw new Error(
      "These tests need redis-server: install your distribution's package, e.g. apt-get install redis-server",
    );
  execFileSync('apt-get', ['update'], { stdio: 'ignore' });
  execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'redis-server'], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  const program = installed();
  if (program === undefined) throw new Error('apt-get installed redis-server, but it is nowhere to be found');
  return program;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function answered(url: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  redis.on('error', () => {});
  await redis.ping();
  redis.disconnect();
}
