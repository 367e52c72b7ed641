import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Served, serve } from './served.ts';
import { complaintsOf, launch, linkTo, type VisitOptions, visit } from './visit.ts';

/** Long enough for a machine that has much else to do. */
export const LIMIT_MS = 240_000;

/** A browser and a dashboard that all tests of a file share. */
export interface InBrowser {
  /**
   * A new page on a scenario, stopped at an instant (seconds), is handed to `looks` and closed after. Nothing may have
   * gone wrong in it meanwhile, neither in its code nor against its content security policy.
   */
  on(yaml: string, at: number, looks: (page: Page) => Promise<void>, options?: VisitOptions): Promise<void>;
}

/** Call it once, at the top of a file: it starts both before the tests and ends them after. */
export function inBrowser(): InBrowser {
  let browser: Browser;
  let served: Served;
  beforeAll(async () => {
    [browser, served] = await Promise.all([launch(), serve()]);
  }, LIMIT_MS);
  afterAll(async () => {
    await browser?.close();
    await served?.kill();
  });
  return {
    async on(yaml, at, looks, { server = served, ...options } = {}) {
      const seen = await visit(browser, linkTo(server.url, yaml, at), options);
      try {
        await looks(seen.page);
        // Of a server that was killed on purpose the browser complains with reason.
        if (server === served) expect(await complaintsOf(seen)).toEqual([]);
      } finally {
        await seen.page.context().close();
      }
    },
  };
}
