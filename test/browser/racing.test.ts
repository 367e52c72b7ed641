import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inBrowser, LIMIT_MS } from './in-browser.ts';
import { FAILOVER, waitUntilMeasured } from './visit.ts';

const dashboard = inBrowser();

describe('a race', () => {
  it(
    'has a lane for each kind, a finish, and then curves over many trials',
    async () => {
      await dashboard.on(FAILOVER, 5, async (page) => {
        page.setDefaultTimeout(LIMIT_MS);
        await page.keyboard.press('g');
        await page.waitForSelector('.race-kinds input');
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
        // The curves are drawn trial by trial: the last ones may still be under way.
        await page.waitForSelector('.distribution:has-text("20 trials")', { state: 'attached' });
        await page.click('text=Share');
        await page.waitForURL(/#race=/);
        expect(await page.evaluate('window.location.hash')).toMatch(
          /^#race=[a-z-]+\.[a-z-]+%2C[a-z-]+\.[a-z-]+&fault=[a-z-]+&trials=20&seed=7$/,
        );
        await page.reload();
        await page.waitForSelector('.lane >> nth=1');
        expect(await page.locator('.lane').count()).toBe(2);
      });
    },
    LIMIT_MS,
  );
});

describe('what can be taken away', () => {
  it(
    'is a picture that needs no style sheet, and the report and the trace of the run',
    async () => {
      await dashboard.on(FAILOVER, 70, async (page) => {
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
        // Views that are not on the page as well: statechart and event log.
        expect(await take('.export-picture >> nth=3 >> text=SVG')).toContain('failing over');
        expect(await take('.export-picture >> nth=4 >> text=SVG')).toContain('host-failure on orders.primary');
        expect((await take('.export-picture >> nth=4 >> text=PNG')).slice(1, 4)).toBe('PNG');

        await page.click('text=Trace (NDJSON)');
        await page.waitForSelector('.export-ready a');
        expect((await take('.export-ready a')).split('\n')[0]).toContain('"type":"header"');
        await page.click('text=Report (HTML)');
        await page.waitForSelector('.export-ready a[download$=".html"]');
        const report = await take('.export-ready a');
        expect(report).toMatch(/<!doctype html>/i);
        expect(report).not.toMatch(/<script[^>]+src=|<link[^>]+href="http/);
      });
    },
    LIMIT_MS,
  );
});
