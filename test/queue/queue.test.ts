import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { StudyResult } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import type { Study } from '@faultline/scenario';
import {
  AvailabilityRun,
  type Block,
  type Executor,
  inProcessExecutor,
  queueExecutor,
  type Rounds,
  rareRun,
  runRounds,
  SearchRun,
  StudyRun,
} from '@faultline/study';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { rowLine } from '../../apps/cli/src/study/result-row.ts';
import { TrialOrder } from '../../apps/cli/src/study/trial-order.ts';
import { readStudyFile } from '../../apps/cli/src/study-file.ts';
import { requireBuild } from '../laws/command-line.ts';
import { ROOT } from '../laws/project-files.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

const LIMIT_MS = 300_000;
const study = { ...readStudyFile(join(ROOT, 'simulations/studies/client-settings.study.yaml')).study, trials: 50 };

/** Carries the study out, its rows as they go to files; `each` is told after every block how many trials are done. */
async function carriedOut(
  executor: Executor,
  each: (done: number) => void = () => {},
): Promise<{ readonly result: StudyResult; readonly rows: readonly string[] }> {
  const rows: string[] = [];
  const order = new TrialOrder((block, index) => rows.push(rowLine(block, index)));
  const run = new StudyRun(study, order.sink);
  try {
    await runRounds(executor, run, () => each(run.progress.done));
  } finally {
    await executor.close();
  }
  order.flush();
  return { result: run.result(), rows };
}

/** What a study may ask for beside its grid, and a search: in few trials. */
async function othersOf(executor: Executor): Promise<readonly unknown[]> {
  const [cell, ...rest] = study.cells as [Study['cells'][number], ...Study['cells']];
  const rare = { method: 'splitting', recoveryOverUs: 60_000_000, writesLost: false, trials: 100, pilot: 200 } as const;
  const failures = [{ name: 'host', perYear: 2, scenarios: [cell.scenario] }];
  const availability = { failures, trials: 50, years: 100, unrecoveredUs: 3_600_000_000 };
  const few = { ...study, cells: [cell, rest[0] as Study['cells'][number]], trials: 50 };
  const runs = [rareRun(cell, rare, '7'), new AvailabilityRun(few, availability, 0), new SearchRun(few)];
  try {
    for (const run of runs as readonly (Rounds<Block> & (typeof runs)[number])[]) await runRounds<Block>(executor, run);
  } finally {
    await executor.close();
  }
  return runs.map((run) => run.result());
}

describe('a study on many machines', () => {
  let redis: RedisServer;
  let expected: Awaited<ReturnType<typeof carriedOut>>;
  const workers: ChildProcess[] = [];

  const startWorker = (): ChildProcess => {
    const worker = spawn(
      process.execPath,
      [join(ROOT, 'apps/cli/bin/faultline.js'), 'worker', '--queue', redis.url, '--threads', '1'],
      { stdio: 'ignore' },
    );
    workers.push(worker);
    return worker;
  };

  beforeAll(async () => {
    requireBuild();
    redis = await startRedis();
    expected = await carriedOut(inProcessExecutor(kinds));
  }, LIMIT_MS);

  afterEach(() => {
    for (const worker of workers.splice(0)) worker.kill('SIGKILL');
  });

  afterAll(() => redis.stop());

  it(
    'is the same to the bit though workers are killed and connections break in the middle',
    async () => {
      const first = startWorker();
      startWorker();
      let killed = 0;
      let dropped: Promise<void> | null = null;
      const result = await carriedOut(await queueExecutor(redis.url), (done) => {
        if (killed++ === 0) first.kill('SIGKILL');
        if (done >= 100 && dropped === null) dropped = redis.dropClients();
      });
      await dropped;
      expect(killed).toBeGreaterThan(2);
      expect(dropped).not.toBeNull();
      expect(result).toEqual(expected);
    },
    LIMIT_MS,
  );

  it(
    'goes on where a study that was killed stopped: what is finished is not done again',
    async () => {
      // No worker is there: everything has to come from the first test's blocks.
      expect(await carriedOut(await queueExecutor(redis.url))).toEqual(expected);
    },
    LIMIT_MS,
  );

  it(
    'has rare events, years and a search that are the same to the bit as in process',
    async () => {
      const here = await othersOf(inProcessExecutor(kinds));
      const first = startWorker();
      startWorker();
      setTimeout(() => first.kill('SIGKILL'), 3_000);
      expect(await othersOf(await queueExecutor(redis.url))).toEqual(here);
    },
    LIMIT_MS,
  );

  // From here on each test has a server of its own, or none, and mostly waits: they wait together.
  it.concurrent(
    'says that nobody is there to work, and that the server is full',
    async () => {
      const other = await startRedis();
      const block: Block = {
        job: 'comparison',
        scenario: (study.cells[0] as Study['cells'][number]).scenario,
        seed: '7',
        from: 1,
        to: 1,
      };
      let stopWaiting = (): void => {};
      const lonely = new Promise<void>((resolve) => {
        stopWaiting = resolve;
      });
      const executor = await queueExecutor(other.url, stopWaiting);
      const waiting = expect(executor.run(block)).rejects.toThrow(/the queue is full .*raise maxmemory/);
      await lonely;
      await other.fill();
      await expect(executor.run({ ...block, to: 2 })).rejects.toThrow(/the queue is full/);
      await waiting;
      await executor.close();
      await other.stop();
    },
    LIMIT_MS,
  );

  it.concurrent(
    'ends in words when it is stopped while the server is away',
    async () => {
      const other = await startRedis();
      const file = join(ROOT, 'simulations/studies/client-settings.study.yaml');
      const child = spawn(
        process.execPath,
        [join(ROOT, 'apps/cli/bin/faultline.js'), 'study', file, '--queue', other.url],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      );
      let stderr = '';
      child.stderr.on('data', (chunk: Buffer) => {
        const text = chunk.toString('utf8');
        stderr += text;
        if (text.includes('no worker is connected')) void other.stop();
        if (text.includes('does not answer, the study waits for it')) child.kill('SIGINT');
      });
      const code = await new Promise((resolve) => child.once('close', resolve));
      expect([code, stderr.split('\n').at(-2)]).toEqual([
        2,
        'stopped before the end: nothing was kept, because there was no --out',
      ]);
    },
    LIMIT_MS,
  );

  it.concurrent('tells a server that asks for a password from one that is away, and never prints one', async () => {
    const other = await startRedis();
    await other.lock('secret');
    const wrong = other.url.replace('//', '//:guessed@');
    await expect(queueExecutor(other.url)).rejects.toThrow(/asks for a password; expected it in the URL/);
    const refused = await queueExecutor(wrong).catch((error: Error) => error.message);
    expect(refused).toContain('the server refuses this name or password');
    expect(refused).not.toContain('guessed');
    const executor = await queueExecutor(other.url.replace('//', '//:secret@'));
    await executor.close();
    await other.stop();
  });

  it.concurrent('refuses a server of an old version', async () => {
    const server = createServer((socket) => {
      const info = 'redis_version:5.0.14\r\nmaxmemory:0\r\nloading:0\r\n';
      socket.on('data', (command) => {
        for (const one of command.toString().split(/(?=\*\d+\r\n)/)) {
          const isInfo = /\r\ninfo\r\n/i.test(one);
          const unknown = `-ERR unknown command \`${/\r\n(\w+)\r\n/.exec(one)?.[1]}\`, with args beginning with: \r\n`;
          socket.write(isInfo ? `$${info.length}\r\n${info}\r\n` : unknown);
        }
      });
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      await expect(queueExecutor(`redis://127.0.0.1:${port}`)).rejects.toThrow(
        /found version 5.0.14, expected Redis 6.2/,
      );
    } finally {
      server.close();
    }
  });

  it.concurrent('does not wait for ever for a server that says nothing', async () => {
    const server = createServer((socket) => void socket.on('error', () => {}));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      await expect(queueExecutor(`redis://127.0.0.1:${port}`)).rejects.toThrow(/cannot be reached \(no answer within/);
    } finally {
      server.close();
    }
  });

  it.concurrent('says what is wrong with a queue', async () => {
    await expect(queueExecutor('redis://127.0.0.1:1')).rejects.toThrow(/cannot be reached \(ECONNREFUSED\)/);
    await expect(queueExecutor('postgres://db')).rejects.toThrow(/expected the URL of a Redis or Valkey server/);
  });
});
