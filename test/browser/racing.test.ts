import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, serve } from './served.ts';
import { complaintsOf, FAILOVER, launch, linkTo, visit, waitUntilMeasured } from './visit.ts';

const LIMIT_MS = 240_000;

let browser: Browser;
let served: Served;

beforeAll(async () => {
  [browser, served] = await Promise.all([launch(), serve()]);
}, LIMIT_MS);

afterAll(async () => {
  await browser?.close();
  await served?.kill();
});

describe('a race', () => {
  it(
    'has a lane for each kind, a finish, and then curves over many trials',
    async () => {
      const seen = await visit(browser, linkTo(served.url, FAILOVER, 5));
      const { page } = seen;
      page.setDefaultTimeout(LIMIT_MS);
      await page.keyboard.press('g');
      const kinds = page.locator('.race-kinds input');
      for (let kind = 0; kind < (await kinds.count()); kind++)
        await kinds.nth(kind).setChecked(kind === 1 || kind === 2);
      await page.selectOption('.race-trials select', '20');
      await page.click('.dialog .primary');
      await page.waitForSelector('.lane >> nth=1');
      expect(await page.locator('.lane').count()).toBe(2);
      await waitUntilMeasured(page);
      await page.selectOption('.speed select', '100');
      await page.waitForSelector('.flag >> nth=1', { state: 'attached' });
      const standings = await page.locator('.lane-state').allTextContents();
      expect(standings.map((text) => text.slice(0, 2)).sort()).toEqual(['1.', '2.']);
      await page.waitForSelector('.ecdf-line >> nth=3', { state: 'attached' });
      expect(await page.locator('.ecdf-band').count()).toBe(2);
      expect(await page.textContent('.distribution')).toMatch(/20 trials/);
      expect(await complaintsOf(seen)).toEqual([]);
      await page.context().close();
    },
    LIMIT_MS,
  );
});

describe('what can be taken away', () => {
  it(
    'is a picture that needs no style sheet, and the report and the trace of the run',
    async () => {
      const seen = await visit(browser, linkTo(served.url, FAILOVER, 70));
      const { page } = seen;
      await waitUntilMeasured(page);
      await page.keyboard.press('e');
      const take = async (click: string): Promise<string> => {
        const coming = page.waitForEvent('download');
        await page.click(click);
        return readFileSync(await (await coming).path(), 'latin1');
      };
      const svg = await take('.export-picture >> nth=0 >> text=SVG');
      expect(svg).toMatch(/^<svg /);
      expect(svg).toContain('orders-1');
      expect(svg).not.toMatch(/class=|<style/);
      expect((await take('.export-picture >> nth=0 >> text=PNG')).slice(1, 4)).toBe('PNG');

      await page.click('text=Trace (NDJSON)');
      await page.waitForSelector('.export-ready a');
      expect((await take('.export-ready a')).split('\n')[0]).toContain('"type":"header"');
      await page.click('text=Report (HTML)');
      await page.waitForSelector('.export-ready a[download$=".html"]');
      const report = await take('.export-ready a');
      expect(report).toMatch(/<!doctype html>/i);
      expect(report).not.toMatch(/<script[^>]+src=|<link[^>]+href="http/);
      expect(await complaintsOf(seen)).toEqual([]);
      await page.context().close();
    },
    LIMIT_MS,
  );
});
