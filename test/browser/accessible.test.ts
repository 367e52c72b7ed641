import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { inBrowser, LIMIT_MS } from './in-browser.ts';
import { FAILOVER, waitUntilMeasured } from './visit.ts';

const dashboard = inBrowser();

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** It takes the mark of a node's state, a circle or a cross, for a word that the name of the node should hold. */
const LEFT_OUT = { 'label-content-name-mismatch': { enabled: false } };

/** What axe finds wrong with the page as it is now: the rule, and where. */
async function violations(page: Page): Promise<readonly string[]> {
  // Through the debugger: the page's own policy allows no code from elsewhere.
  await page.evaluate(AXE);
  const { violations: found } = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], rules: ${JSON.stringify(LEFT_OUT)} })`,
  )) as AxeResults;
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`));
}

/** The page draws what a key changed with the next frame. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
}

const SIZES = { 'a wide page': [1280, 720], 'a phone held sideways': [812, 375] } as const;

/** What a key opens. */
const KEYS = ['1', '2', '3', '4', '5', 'o', '?', 'g', 'e', 's'];

describe.each(Object.entries(SIZES))('on %s', (_, [width, height]) => {
  it.each(['light', 'dark'] as const)(
    'every view and dialog keeps to the rules of axe, in %s colours',
    async (colorScheme) => {
      await dashboard.on(FAILOVER, 60, async (page) => {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme });
        await waitUntilMeasured(page);
        for (const key of KEYS) {
          await page.keyboard.press(key);
          await drawn(page);
          expect(await violations(page), `after the key ${key}`).toEqual([]);
          await page.keyboard.press('Escape');
          await page.waitForSelector('dialog', { state: 'detached' });
        }
        await page.keyboard.press('1');
        await page.click('[data-node=orders-2]');
        await page.waitForSelector('.menu');
        expect(await violations(page), 'with a menu').toEqual([]);
        await page.keyboard.press('Escape');
        await page.keyboard.press('4');
        await page.keyboard.press('f');
        await page.waitForSelector('.state-active');
        expect(await violations(page), 'with the states whole').toEqual([]);
      });
    },
    LIMIT_MS,
  );
});

describe('somebody who wants little to move', () => {
  it(
    'sees nothing that moves by itself but the run',
    async () => {
      await dashboard.on(FAILOVER, 60, async (page) => {
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await waitUntilMeasured(page);
        const moving = `document.getAnimations().filter((one) => one.playState === 'running' && one.effect.getComputedTiming().duration > 20).length`;
        expect(await page.evaluate(moving)).toBe(0);
      });
    },
    LIMIT_MS,
  );
});
