import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { findChromium } from './chromium.ts';

/** Figures of the page in a real Chromium, each beside what it is to be. `FAULTLINE_BENCH_MINUTES` sets how long memory is watched. */

const LOADS = 7;
const SEEKS = 15;
const FRAMES_MS = 12_000;
const MINUTES = Number(process.env.FAULTLINE_BENCH_MINUTES ?? '2');
const WATCHES = 8;

/** Twenty nodes; at ten times the speed of life its trace yields 10,000 records a second. */
const BUSY = `scenario: twenty-nodes
seed: 7
horizon: 5m
topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
  databases:
    orders:
      model: aurora.cluster
      writer: i1
      instances: { ${Array.from({ length: 16 }, (_, n) => `i${n + 1}: { az: use1-az${(n % 3) + 1} }`).join(', ')} }
    stock: { model: rds.multi-az-cluster, writer: use1-az1, readers: [use1-az2, use1-az3] }
    users: { model: rds.single-az, az: use1-az1 }
  clients:
    checkout: { connectsTo: orders.writer, from: use1-az1, count: 40, pool: { size: 10 } }
    catalogue: { connectsTo: orders.reader, from: use1-az2, count: 40, pool: { size: 10 } }
workload:
  - { client: checkout, op: write, arrivals: { poisson: 480/s } }
  - { client: catalogue, op: read, arrivals: { poisson: 480/s } }
faults:
  - { at: 60s, fail: orders.writer, cause: process-crash }
`;

/** A long calm run, to see whether the page's memory grows with what has passed. */
const LONG = BUSY.replace('horizon: 5m', 'horizon: 110m')
  .replaceAll('480/s', '40/s')
  .replace('twenty-nodes', 'long-run');

const print = (line: string) => process.stdout.write(`${line}\n`);
const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const ms = (value: number) => `${value.toFixed(1)} ms`;

async function startServer(): Promise<{ readonly url: string; stop(): void }> {
  const command = ['apps/dashboard/bin/faultline-dashboard.js', '--port', '0', '--json'];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { url: (JSON.parse(line) as { readonly url: string }).url, stop: () => child.kill('SIGTERM') };
}

async function open(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.setDefaultTimeout(180_000);
  await page.addInitScript(`localStorage.setItem('faultline-toured', 'yes');
    new MutationObserver((_, observer) => {
      if (document.querySelector('[data-node]') === null) return;
      window.mapAtMs = performance.now();
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });`);
  await page.goto(address);
  await page.waitForSelector('[data-node]');
  return page;
}

const linkTo = (url: string, yaml: string, at: number) => `${url}#${new URLSearchParams({ yaml, at: String(at) })}`;

async function paint(browser: Browser, url: string): Promise<void> {
  const [first, useful]: [number[], number[]] = [[], []];
  for (let load = 0; load < LOADS; load++) {
    const page = await open(browser, url);
    await page.waitForTimeout(300);
    first.push(Number(await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime`)));
    useful.push(Number(await page.evaluate('window.mapAtMs')));
    await page.close();
  }
  print(`first paint                 median ${ms(quantile(first, 0.5))}`);
  print(
    `first useful paint (map)    median ${ms(quantile(useful, 0.5))}, longest ${ms(Math.max(...useful))}; to be under 1 s`,
  );
}

async function frames(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, linkTo(url, BUSY, 20));
  await page.waitForSelector('.page[data-measured=yes]');
  await page.selectOption('.speed select', '10');
  await page.click('.play');
  await page.waitForTimeout(1_000);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await workOf(devtools);
  const measured = (await page.evaluate(`new Promise((resolve) => {
    const gaps = [];
    const begun = performance.now();
    let last = begun;
    const beat = (now) => {
      gaps.push(now - last);
      last = now;
      if (now - begun < ${FRAMES_MS}) requestAnimationFrame(beat);
      else resolve(gaps.slice(1));
    };
    requestAnimationFrame(beat);
  })`)) as readonly number[];
  const after = await workOf(devtools);
  const nodes = await page.locator('[data-node]').count();
  print(
    `frames, ${nodes} nodes at 10x     median ${ms(quantile(measured, 0.5))}, p95 ${ms(quantile(measured, 0.95))}, longest ${ms(Math.max(...measured))}; p95 to be under 20 ms`,
  );
  const each = (part: keyof Work) => ms(((after[part] - before[part]) * 1_000) / measured.length);
  print(
    `work in a frame             ${each('TaskDuration')}, of it script ${each('ScriptDuration')}, style ${each('RecalcStyleDuration')}, layout ${each('LayoutDuration')}; there are 16.7 ms`,
  );
  await page.close();
}

/** Processor seconds of the page's thread since it was opened: unlike gaps between frames, the same on a busy machine. */
type Work = Readonly<Record<'TaskDuration' | 'ScriptDuration' | 'RecalcStyleDuration' | 'LayoutDuration', number>>;

async function workOf(devtools: CDPSession): Promise<Work> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const seconds = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return {
    TaskDuration: seconds('TaskDuration'),
    ScriptDuration: seconds('ScriptDuration'),
    RecalcStyleDuration: seconds('RecalcStyleDuration'),
    LayoutDuration: seconds('LayoutDuration'),
  };
}

async function seeks(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, `${url}#scenario=rds-multi-az-instance%2Fhost-failure&at=10`);
  await page.waitForSelector('.page[data-measured=yes]');
  const took: number[] = [];
  for (let seek = 0; seek < SEEKS; seek++) {
    const key = seek % 2 === 0 ? 'End' : 'Home';
    const shown = seek % 2 === 0 ? '20m' : '0s';
    took.push(
      Number(
        await page.evaluate(`new Promise((resolve) => {
          const begun = performance.now();
          const look = () => document.querySelector('[data-testid=now]').textContent === '${shown}' ? resolve(performance.now() - begun) : requestAnimationFrame(look);
          window.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}' }));
          requestAnimationFrame(look);
        })`),
      ),
    );
  }
  print(
    `seek in a 20-minute run     median ${ms(quantile(took, 0.5))}, longest ${ms(Math.max(...took))}; to be under 300 ms`,
  );
  await page.close();
}

async function memory(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, linkTo(url, LONG, 60));
  await page.waitForSelector('.page[data-measured=yes]');
  await page.selectOption('.speed select', '10');
  await page.click('.play');
  const devtools = await page.context().newCDPSession(page);
  const sizes: number[] = [];
  for (let watch = 0; watch <= WATCHES; watch++) {
    await page.waitForTimeout(watch === 0 ? 5_000 : (MINUTES * 60_000) / WATCHES);
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = (await devtools.send('Runtime.getHeapUsage')) as { readonly usedSize: number };
    sizes.push(usedSize / 2 ** 20);
  }
  print(`memory over ${MINUTES} min at 10x   ${sizes.map((size) => size.toFixed(1)).join(', ')} MiB; to be flat`);
  await page.close();
}

const server = await startServer();
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
try {
  print(`page, Chromium ${browser.version()}`);
  await paint(browser, server.url);
  await frames(browser, server.url);
  await seeks(browser, server.url);
  await memory(browser, server.url);
} finally {
  await browser.close();
  server.stop();
}
