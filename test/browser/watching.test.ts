import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunMetrics } from '@faultline/metrics';
import { duration } from '@faultline/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../laws/project-files.ts';
import { inBrowser, LIMIT_MS } from './in-browser.ts';
import { serve } from './served.ts';
import { CALM, FAILOVER, waitUntilMeasured } from './visit.ts';

const dashboard = inBrowser();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-browser-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface RunOutput {
  readonly digest: string;
  readonly metrics: RunMetrics;
}

/** What `faultline run` says of a scenario. */
function run(yaml: string): RunOutput {
  const path = join(folder, 'scenario.yaml');
  writeFileSync(path, yaml);
  const { stdout } = spawnSync(process.execPath, ['apps/cli/bin/faultline.js', 'run', path, '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return JSON.parse(stdout) as RunOutput;
}

describe('somebody who watches a failover', () => {
  it(
    'sees the primary die, the standby take over, clients that still go to the dead address, and the same numbers as on the command line',
    async () => {
      const { metrics } = run(FAILOVER);
      const [recovery] = metrics.recovery;
      const recoveredAtS = (recovery?.faultAtUs ?? 0) / 1e6 + (recovery?.recoveryTimeUs ?? 0) / 1e6;
      await dashboard.on(FAILOVER, 20, async (page) => {
        await waitUntilMeasured(page);
        await page.waitForSelector('.standing:has-text("In service")');
        expect(await page.textContent('.sentence')).toContain('orders-1 takes the writes');

        await page.click('.play');
        await page.selectOption('.speed select', '10');
        await page.waitForSelector('[data-node=orders-1][data-status=host-down]');
        await page.waitForSelector('.standing:has-text("Interrupted")');
        await page.waitForSelector('.part-bar');
        await page.waitForSelector('.misled text:has-text("still")');
        await page.waitForSelector('.node-writer[data-node=orders-2]');
        await page.waitForSelector('.standing:has-text("Recovered")');

        expect(await page.textContent('[data-testid=rto]')).toBe(duration(recovery?.recoveryTimeUs ?? null));
        expect(await page.textContent('.waterfall-state')).toContain(duration(recovery?.recoveryTimeUs ?? null));
        const parts = await page.locator('.part-time').allTextContents();
        const segments = metrics.waterfalls[0]?.segments.filter(({ phase }) => phase !== 'in-service') ?? [];
        expect(parts).toEqual(segments.map(({ fromUs, toUs }) => duration(toUs - fromUs)));
        expect(recoveredAtS).toBeGreaterThan(30);
      });
    },
    LIMIT_MS,
  );

  it(
    'goes to an instant by its event, and every view is there',
    async () => {
      await dashboard.on(FAILOVER, 200, async (page) => {
        await page.waitForSelector('[data-testid=now]:text-is("3m20s")');
        await page.keyboard.press('5');
        await page.click('.log-fault button');
        await page.waitForSelector('[data-testid=now]:text-is("30s")');
        await page.waitForSelector('[data-node=orders-1][data-status=host-down]');
        // The views follow a few times a second.
        await page.waitForSelector('.timeline[aria-valuenow="30"]');
        await page.keyboard.press('4');
        await page.waitForSelector('.state-active[data-state*=suspecting]');
      });
    },
    LIMIT_MS,
  );
});

describe('somebody who breaks things', () => {
  it(
    'breaks a node by a click, saves it, and replays it to the same digest',
    async () => {
      await dashboard.on(CALM, 20, async (page) => {
        await waitUntilMeasured(page);
        await page.click('[data-node=orders-1]');
        await page.click('[role=menuitem][data-item=host-failure]');
        await page.waitForSelector('[data-node=orders-1][data-status=host-down]');
        await page.waitForSelector('.sentence:has-text("Host failure")');
        await waitUntilMeasured(page);
        await page.keyboard.press('s');
        const digest = await page.textContent('[data-testid=digest]');
        const yaml = (await page.textContent('.yaml')) ?? '';
        expect(yaml).toContain('host-failure');
        expect(run(yaml).digest.slice(0, 16)).toBe(digest);

        const download = page.waitForEvent('download');
        await page.click('.dialog .primary');
        expect((await download).suggestedFilename()).toMatch(/\.yaml$/);
      });
    },
    LIMIT_MS,
  );

  it(
    'pastes a scenario with a mistake, and is told where and what',
    async () => {
      await dashboard.on(CALM, 5, async (page) => {
        await page.keyboard.press('o');
        await page.click('[role=tab]:has-text("As YAML")');
        await page.fill('textarea', CALM.replace('horizon: 4m', 'horizon: 4'));
        await page.click('text=Run this scenario');
        const told = await page.textContent('button.editor-problem');
        expect(told).toContain('line 4');
        expect(await page.textContent('.line-wrong')).toContain('✕');
        await page.fill('textarea', CALM.replace('small-calm', 'another-one'));
        await page.click('text=Run this scenario');
        await page.waitForSelector('.choose b:has-text("Another one")');
        // Its link holds it whole.
        await page.click('.deeds >> text=Share');
        await page.waitForURL(/packed=/);
        await page.reload();
        await page.waitForSelector('.choose b:has-text("Another one")');
      });
    },
    LIMIT_MS,
  );
});

describe('a server that dies', () => {
  it(
    'is waited for, and the page goes on where it was',
    async () => {
      const first = await serve();
      await dashboard.on(
        FAILOVER,
        200,
        async (page) => {
          await page.waitForSelector('[data-testid=now]:text-is("3m20s")');
          await page.waitForSelector('.node-writer[data-node=orders-2]');
          await first.kill();
          await page.waitForSelector('.notice-lost');
          expect(await page.locator('.node-writer[data-node=orders-2]').count()).toBe(1);
          const second = await serve(first.port);
          await page.waitForSelector('.page[data-status=open]');
          await page.waitForSelector('[data-testid=now]:text-is("3m20s")');
          await page.waitForSelector('.node-writer[data-node=orders-2]');
          expect(await page.locator('.notice-lost').count()).toBe(0);
          await second.kill();
        },
        { server: first },
      );
    },
    LIMIT_MS,
  );
});
