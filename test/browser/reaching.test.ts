import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { inBrowser, LIMIT_MS } from './in-browser.ts';
import { CALM, FAILOVER, VOLUME, waitUntilMeasured } from './visit.ts';

const dashboard = inBrowser();

const focused = (page: Page) =>
  page.evaluate(
    `(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')`,
  ) as Promise<string>;

/** Presses Tab until something with such a name has the focus; fails when it has gone around. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) return;
  }
  throw new Error(`the focus never came to ${name}`);
}

describe('somebody without a mouse', () => {
  it(
    'plays, stops, steps, breaks a node and heals it',
    async () => {
      await dashboard.on(CALM, 20, async (page) => {
        await waitUntilMeasured(page);
        await page.keyboard.press('Space');
        await page.waitForSelector('.play[aria-label=Pause]');
        await page.keyboard.press('Space');
        await page.waitForSelector('.play[aria-label=Play]');

        await tabTo(page, /^orders-1 primary/);
        const outline = await page.evaluate(
          `getComputedStyle(document.activeElement.querySelector('.node-body')).strokeWidth`,
        );
        expect(outline).toBe('3px');
        await page.keyboard.press('Enter');
        await page.waitForSelector('[role=menu]');
        while (!/^process crash/i.test(await focused(page))) await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.waitForSelector('[data-node=orders-1]:not([data-status=running])');
        expect(await focused(page)).toMatch(/orders-1/);

        await page.keyboard.press('?');
        await page.waitForSelector('dialog[open] kbd');
        await page.keyboard.press('Escape');
        await page.waitForSelector('dialog', { state: 'detached' });
        await page.keyboard.press('Home');
        await page.waitForSelector('[data-testid=now]:text-is("0s")');
      });
    },
    LIMIT_MS,
  );
});

describe('somebody without a mouse, at a volume', () => {
  it(
    'comes to every segment, and breaks one',
    async () => {
      await dashboard.on(VOLUME, 20, async (page) => {
        await tabTo(page, /^Storage segment pg1-az1-a: works/);
        await page.keyboard.press('Enter');
        await page.waitForSelector('[role=menu]');
        await page.keyboard.press('Enter');
        await page.waitForSelector('.segment-lost');
      });
    },
    LIMIT_MS,
  );
});

describe('somebody who is here for the first time', () => {
  it(
    'is shown around in five steps at most, once',
    async () => {
      await dashboard.on(
        FAILOVER,
        20,
        async (page) => {
          let steps = 0;
          const card = async (): Promise<string> => (await page.locator('.tour-card').allTextContents()).join('');
          for (let shown = await card(); shown !== ''; shown = await card()) {
            steps++;
            await page.click('.tour-card .primary');
            // The page draws the next step, or none, a moment after the click.
            await expect.poll(card, { timeout: LIMIT_MS / 2 }).not.toBe(shown);
          }
          expect(steps).toBeGreaterThan(1);
          expect(steps).toBeLessThanOrEqual(5);
          await page.reload();
          await page.waitForSelector('.page[data-status=open] [data-node]');
          expect(await page.locator('.tour-card').count()).toBe(0);
        },
        { first: true },
      );
    },
    LIMIT_MS,
  );
});

describe('somebody who hears the page', () => {
  it(
    'finds names on everything that can be used, and key moments said',
    async () => {
      await dashboard.on(FAILOVER, 60, async (page) => {
        await waitUntilMeasured(page);
        const nameless =
          await page.evaluate(`[...document.querySelectorAll('button, input, select, [role=button], [role=slider]')]
        .filter((element) => !(element.getAttribute('aria-label') || element.getAttribute('title') || element.textContent.trim() || element.closest('label')))
        .map((element) => element.outerHTML.slice(0, 120))`);
        expect(nameless).toEqual([]);
        await page.waitForSelector('[role=status]:has-text("orders.primary")', { state: 'attached' });
        expect(await page.getAttribute('html', 'lang')).toBe('en');
        expect(await page.locator('h1').count()).toBe(1);
      });
    },
    LIMIT_MS,
  );
});

describe('on a phone held sideways', () => {
  it(
    'nothing is cut off at the sides, and every view can be reached',
    async () => {
      await dashboard.on(FAILOVER, 60, async (page) => {
        await page.setViewportSize({ width: 844, height: 390 });
        for (const name of ['Map', 'Recovery', 'Charts', 'States', 'Events']) {
          await page.click(`.panel-tabs button:has-text("${name}")`);
          await page.waitForSelector('.panel-front', { state: 'visible' });
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(844);
          const right = await page.evaluate(
            `Math.max(...[...document.querySelectorAll('.top button, .transport button')].map((one) => one.getBoundingClientRect().right))`,
          );
          expect(right).toBeLessThanOrEqual(844);
        }
      });
    },
    LIMIT_MS,
  );
});
