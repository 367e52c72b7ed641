import { kinds } from '@faultline/models';
import { inProcessExecutor } from '@faultline/study';
import { afterEach, describe, expect, it } from 'vitest';
import { Scenarios } from './catalogue.ts';
import { type Dashboard, serveDashboard } from './dashboard-server.ts';
import type { ServerLimits } from './limits.ts';
import { SHORT_SCENARIO } from './testing/short-scenario.ts';
import { SocketPage } from './testing/socket-page.ts';

let dashboard: Dashboard;

async function serve(limits: Partial<ServerLimits>): Promise<void> {
  dashboard = await serveDashboard({
    host: '127.0.0.1',
    port: 0,
    allowedHosts: [],
    limits,
    scenarios: new Scenarios(new Map([['short', SHORT_SCENARIO]])),
    executor: () => inProcessExecutor(kinds),
    report: (message) => {
      throw new Error(message);
    },
  });
}

afterEach(() => dashboard.close());

describe('a run that was simulated before', () => {
  it('is there for the next who asks for it, also when nobody is left', async () => {
    await serve({ detachedMs: 0, preparedBytes: 0 });
    const first = await SocketPage.open(dashboard.url);
    first.say({ type: 'load', name: 'short' });
    const { digest } = await first.next('measured');
    first.socket.terminate();
    await first.closed();
    while (dashboard.sessions.count > 0) {
      dashboard.sessions.sweep(Number.MAX_SAFE_INTEGER);
      await new Promise(setImmediate);
    }
    const second = await SocketPage.open(dashboard.url);
    second.say({ type: 'load', name: 'short', paused: true }, { type: 'seek', atUs: 100_000_000 });
    expect((await second.next('snapshot')).atUs).toBe(100_000_000);
    expect([dashboard.recordings.count, dashboard.recordings.reused]).toEqual([1, 1]);
    // Nothing had to be waited for.
    expect(second.all('state').filter(({ waiting }) => waiting)).toEqual([]);
    expect((await second.next('measured')).digest).toBe(digest);
  });

  it('is the opening, before anybody comes', async () => {
    await serve({ preparedBytes: 1e6 });
    const ready = async () => {
      const text = await (await fetch(`${dashboard.url}metrics`)).text();
      return /^faultline_prepared_runs 1$/m.test(text);
    };
    while (!(await ready())) await new Promise(setImmediate);
    expect([dashboard.sessions.count, dashboard.recordings.count]).toEqual([0, 1]);
    const page = await SocketPage.open(dashboard.url);
    page.say({ type: 'load', name: 'short' });
    await page.next('measured');
    expect(dashboard.recordings.reused).toBe(1);
  });
});
