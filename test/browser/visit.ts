import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../bench/chromium.ts';
import type { Served } from './served.ts';

/** A failover small enough that a page has all of it within seconds. */
export const FAILOVER = `scenario: small-failover
summary: The primary's host dies under few writes.
seed: 7
horizon: 4m

topology:
  regions:
    us-east-1: [use1-az1, use1-az2]
  databases:
    orders:
      model: rds.multi-az-instance
      engine: postgres
      primary: use1-az1
      standby: use1-az2
  clients:
    checkout: { connectsTo: orders, from: use1-az2, count: 12, dnsCache: 30s, pool: { size: 4 }, driver: { connectTimeout: 2s, socketTimeout: 5s } }

workload:
  - { client: checkout, op: write, arrivals: { poisson: 20/s } }

faults:
  - { at: 30s, fail: orders.primary, cause: host-failure }

expect:
  objectives: { rto: 120s, rpo: 0s }
`;

/** The same without a fault: for tests that break things by hand. */
export const CALM = FAILOVER.replace(/faults:\n.*\n\n/, '').replace('small-failover', 'small-calm');

/** Small as well, with a volume. */
export const VOLUME = CALM.replace(
  /model: rds.multi-az-instance[\s\S]*standby: use1-az2/,
  'model: aurora.cluster\n      writer: a\n      instances: { a: { az: use1-az1 }, b: { az: use1-az2 } }',
)
  .replace('connectsTo: orders,', 'connectsTo: orders.writer,')
  .replace('[use1-az1, use1-az2]', '[use1-az1, use1-az2, use1-az3]');

/** The address of a scenario, stopped at an instant (seconds). */
export function linkTo(url: string, yaml: string, at: number): string {
  return `${url}#${new URLSearchParams({ yaml, at: String(at) })}`;
}

/** Nobody waits for less when the machine is busy. */
const PATIENCE_MS = 60_000;

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
}

export interface Visit {
  readonly page: Page;
  /** Errors on the console, exceptions, and what the content security policy refused. */
  readonly complaints: string[];
}

export interface VisitOptions {
  /** Somebody is here for the first time, so that the tour begins. */
  readonly first?: boolean;
  /** Another server than the one that the tests of a file share. */
  readonly server?: Served;
}

/** Somebody comes to the page, for the second time unless it is the `first`. */
export async function visit(
  browser: Browser,
  address: string,
  options: Omit<VisitOptions, 'server'> = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const seen = options.first === true ? '' : "localStorage.setItem('faultline-toured', 'yes');";
  await page.addInitScript(`${seen}
    window.refusedByPolicy = [];
    document.addEventListener('securitypolicyviolation', (event) => window.refusedByPolicy.push(event.violatedDirective));`);
  await page.goto(address);
  await page.waitForSelector('.page[data-status=open] [data-node]');
  return { page, complaints };
}

/** Complaints of the page so far, those of its content security policy included. */
export async function complaintsOf({ page, complaints }: Visit): Promise<readonly string[]> {
  const refused = (await page.evaluate('window.refusedByPolicy')) as readonly string[];
  return [...complaints, ...refused.map((directive) => `refused by policy: ${directive}`)];
}

/** Waits until the page knows what its run measures. */
export async function waitUntilMeasured(page: Page): Promise<void> {
  await page.waitForSelector('.page[data-measured=yes]');
}
