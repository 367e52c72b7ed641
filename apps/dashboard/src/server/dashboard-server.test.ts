import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { kinds } from '@faultline/models';
import { inProcessExecutor } from '@faultline/study';
import { canonicalLine } from '@faultline/trace';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MESSAGE_BYTES_MAX, PROTOCOL_VERSION } from '../protocol/limits.ts';
import { Scenarios } from './catalogue.ts';
import { type Dashboard, serveDashboard } from './dashboard-server.ts';
import type { ServerLimits } from './limits.ts';
import { SHORT_SCENARIO } from './testing/short-scenario.ts';
import { SocketPage } from './testing/socket-page.ts';

let dashboard: Dashboard;
let faultsOfOurs: string[];

const serve = async (limits: Partial<ServerLimits> = {}): Promise<Dashboard> =>
  serveDashboard({
    host: '127.0.0.1',
    port: 0,
    allowedHosts: [],
    limits: { ...limits, preparedBytes: 0 },
    scenarios: new Scenarios(new Map([['short', SHORT_SCENARIO]])),
    executor: () => inProcessExecutor(kinds),
    report: (message) => faultsOfOurs.push(message),
  });

beforeEach(async () => {
  faultsOfOurs = [];
  dashboard = await serve();
});

afterEach(async () => {
  await dashboard.close();
  expect(faultsOfOurs).toEqual([]);
});

/** Restarts the server with other limits. */
async function limited(limits: Partial<ServerLimits>): Promise<void> {
  await dashboard.close();
  dashboard = await serve(limits);
}

async function get(path: string, headers: Readonly<Record<string, string>> = {}) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>((resolve, reject) => {
    request(`${dashboard.url}${path}`, { headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += String(chunk);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    })
      .on('error', reject)
      .end();
  });
}

/** A page that plays, and what proves that it goes on undisturbed. */
async function playing(): Promise<{ readonly page: SocketPage; goesOn(): Promise<void> }> {
  const page = await SocketPage.open(dashboard.url);
  page.say({ type: 'load', name: 'short' });
  await page.next('measured');
  return {
    page,
    async goesOn() {
      const before = page.messages.length;
      await page.next('records', (message) => page.messages.indexOf(message) >= before);
      expect(page.all('problem')).toEqual([]);
    },
  };
}

describe('a page', () => {
  it('is welcomed, loads a scenario and sees it play', async () => {
    const page = await SocketPage.open(dashboard.url);
    const { catalogue, resumed } = page.all('welcome')[0]!;
    expect(resumed).toBe(false);
    expect(catalogue.scenarios).toEqual([
      { name: 'short', family: 'short', summary: "The primary's host dies under steady writes." },
    ]);
    page.say({ type: 'load', name: catalogue.opening });
    const { lanes, horizonUs } = await page.next('loaded');
    expect(horizonUs).toBe(100_000_000);
    expect(lanes[0]?.charts[0]).toMatchObject({ model: 'rds.multi-az-instance' });
    expect((await page.next('records')).records[0]).toMatchObject({ type: 'header', seed: '7' });
    expect((await page.next('measured')).metrics.recovery).toHaveLength(1);
  });

  it('goes on after its connection was cut, with nothing lost or doubled', async () => {
    const first = await SocketPage.open(dashboard.url);
    const { session } = first.all('welcome')[0]!;
    first.say({ type: 'load', name: 'short' });
    await first.next('measured');
    first.say({ type: 'play', speed: 100 });
    await first.next('records', ({ atUs }) => atUs > 20_000_000);
    first.socket.terminate();
    await first.closed();
    const seen = first.all('records').flatMap(({ records }) => records);
    const second = await SocketPage.open(dashboard.url, { session, run: 1, seqs: [seen.length] });
    expect(second.all('welcome')[0]).toMatchObject({ resumed: true, session });
    second.say({ type: 'play' });
    await second.next('state', ({ ended }) => ended);
    const rest = second.all('records').flatMap(({ records }) => records);
    expect(second.all('records')[0]?.seq).toBe(seen.length);
    const trace = (await get(`export/${session}/0/trace`)).text.trimEnd().split('\n');
    expect([...seen, ...rest].map(canonicalLine)).toEqual(trace);
  });

  it('that takes nothing for a while is owed little, and then sees where the run has got to', async () => {
    const page = await SocketPage.open(dashboard.url);
    page.say({ type: 'load', yaml: SHORT_SCENARIO.replace('20/s', '400/s'), paused: true });
    const session = dashboard.sessions.find(page.all('welcome')[0]!.session)!;
    await page.next('measured');
    const { records } = page.all('simulated').at(-1)!;
    page.socket.pause();
    let [owed, mostOwed] = [0, 0];
    const looks = async (times: number): Promise<void> => {
      for (let look = 0; look < times; look++) {
        owed = session.outlet?.bufferedBytes ?? 0;
        mostOwed = Math.max(mostOwed, owed);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    // Again and again, until all buffers between the two ends are full.
    while (owed < 512 * 1024) {
      page.say({ type: 'seek', atUs: 0 }, { type: 'play', speed: 40 });
      await looks(500);
    }
    page.say({ type: 'seek', atUs: 0 }, { type: 'play', speed: 40 });
    await looks(200);
    page.say({ type: 'seek', atUs: 100_000_000 });
    await looks(20);
    // One frame more than the limit at the most.
    expect(mostOwed).toBeLessThan(2 * 1024 * 1024);
    page.socket.resume();
    await page.next('snapshot', ({ seq, reason }) => reason === 'seek' && seq === records);
  });

  it('loses its session to another page that opens it', async () => {
    const first = await SocketPage.open(dashboard.url);
    const { session } = first.all('welcome')[0]!;
    await SocketPage.open(dashboard.url, { session, run: 0, seqs: [0] });
    expect((await first.next('goodbye')).reason).toContain('another page');
    await first.closed();
    expect(dashboard.sessions.count).toBe(1);
  });

  it('downloads what it saw, under the name of the run', async () => {
    const { page } = await playing();
    page.say({ type: 'export', what: 'metrics' });
    const { url, filename } = await page.next('exported');
    expect(filename).toBe('short-seed-7.json');
    const { text, headers } = await get(url.slice(1));
    expect(headers['content-disposition']).toContain(filename);
    expect(JSON.parse(text).digest).toBe((await page.next('measured')).digest);
    const report = await get(url.slice(1).replace('metrics', 'report'));
    expect(report.headers['content-disposition']).toContain('short-seed-7.html');
    expect(report.text).toContain('faultline run short.yaml --seed 7');
    expect((await get('export/0000/0/trace')).status).toBe(404);
    expect((await get(url.slice(1).replace('metrics', 'passwd'))).status).toBe(404);
  });

  it('races kinds under one fault and is told how their recovery times are distributed', async () => {
    const page = await SocketPage.open(dashboard.url);
    const racers = ['rds.multi-az-instance', 'aurora.cluster'];
    page.say({ type: 'race', kinds: racers, fault: 'process-crash', trials: 3, seed: '7' });
    expect((await page.next('loaded')).lanes).toHaveLength(2);
    const { kinds: curves, notes } = await page.next('race-distribution', ({ complete }) => complete);
    expect(curves.map(({ kind, trials }) => [kind, trials])).toEqual(racers.map((kind) => [kind, 3]));
    for (const { curve } of curves) expect(curve.at(-1)).toMatchObject({ share: 1 });
    expect(notes[0]).toContain('Clients:');
    await page.next('records', ({ lane }) => lane === 1);
    page.say({ type: 'race', kinds: [...racers.slice(0, 1), 'rds.nonsense'], fault: 'process-crash', trials: 0 });
    expect(await page.next('problem')).toMatchObject({ where: 'race', text: expect.stringContaining('rds.nonsense') });
  });

  it('is told line and column of a mistake in a scenario', async () => {
    const page = await SocketPage.open(dashboard.url);
    page.say({ type: 'load', yaml: SHORT_SCENARIO.replace('horizon: 100s', 'horizon: 100') });
    const { where, problems, text } = await page.next('problem');
    expect(where).toBe('scenario');
    expect(problems?.[0]).toMatchObject({ line: 4, column: 10 });
    expect(text).toContain('pasted.yaml:4:10');
  });
});

describe('bad input', () => {
  it('random text is refused with a reason, and closed when it goes on; others do not notice', async () => {
    const { goesOn } = await playing();
    const random = fc.sample(fc.string({ maxLength: 200 }), { numRuns: 400, seed: 7 });
    const page = await SocketPage.open(dashboard.url);
    for (const text of random) page.socket.send(text);
    for (const text of random) page.socket.send(Buffer.from(text));
    await page.closed();
    expect(page.all('problem')[0]).toMatchObject({ where: 'message', text: expect.stringContaining('JSON') });
    expect(page.all('refused')).toHaveLength(1);
    await goesOn();
  });

  it('random bytes in place of a request, or of frames, end their own connection and no other', async () => {
    const { goesOn } = await playing();
    const { port, host } = new URL(dashboard.url);
    const upgrade = `GET /ws HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ZmF1bHRsaW5lLXRlc3QtMQ==\r\n\r\n`;
    const random = fc.sample(fc.uint8Array({ minLength: 64, maxLength: 2_000 }), { numRuns: 40, seed: 7 });
    await Promise.all(
      random.flatMap((bytes) =>
        ['', upgrade].map(async (greeting) => {
          const socket = connect(Number(port), '127.0.0.1');
          socket.on('error', () => undefined);
          socket.resume();
          // A frame that nobody masked, then whatever comes.
          socket.write(
            Buffer.concat([Buffer.from(greeting), Buffer.from([0x81, 0x01]), bytes, Buffer.from('\r\n\r\n')]),
          );
          await once(socket, 'close');
        }),
      ),
    );
    expect(dashboard.sessions.count).toBe(1);
    await goesOn();
  });

  it.each([
    ['an unknown type', { type: 'format-disk' }, 'Invalid'],
    ['an unknown key', { type: 'pause', force: true }, 'force'],
    ['no number', { type: 'seek', atUs: '7' }, 'atUs'],
    ['a wrong number', { type: 'speed', speed: 1e9 }, 'speed'],
    ['a list', [], 'Invalid'],
  ])('%s is refused with a reason', async (_, message, reason) => {
    const page = await SocketPage.open(dashboard.url);
    page.socket.send(JSON.stringify(message));
    expect((await page.next('problem')).text).toContain(reason);
  });

  it('nothing can be done before hello, before a scenario, or in another version', async () => {
    const hasty = new SocketPage(dashboard.url);
    await hasty.opened();
    hasty.say({ type: 'play' });
    expect((await hasty.next('refused')).reason).toContain('hello');
    const early = await SocketPage.open(dashboard.url);
    early.say({ type: 'play' });
    expect((await early.next('problem')).text).toContain('Load a scenario first');
    const old = new SocketPage(dashboard.url);
    await old.opened();
    old.say({ type: 'hello', version: PROTOCOL_VERSION + 1 });
    expect((await old.next('refused')).reason).toContain('load the page again');
  });

  it('huge messages are refused: told while they can be read, cut off beyond', async () => {
    const { goesOn } = await playing();
    const page = await SocketPage.open(dashboard.url);
    page.say({ type: 'load', yaml: 'x'.repeat(MESSAGE_BYTES_MAX) });
    expect((await page.next('problem')).text).toContain(`at most ${MESSAGE_BYTES_MAX}`);
    page.socket.send('x'.repeat(5 * MESSAGE_BYTES_MAX));
    await page.closed();
    await goesOn();
  });

  it.each([
    ['operations', { '20/s': '30000/s' }, 'operations and samples'],
    ['time', { '100s': '169h\nsample: none', '20/s': '1/s' }, '169 hours'],
    ['clients', { 'count: 4': 'count: 9000' }, '9000 clients'],
    ['a closed loop', { '100s': '20m', '{ poisson: 20/s }': '{ closed: { think: 1us } }' }, 'operations and samples'],
  ])('a scenario without end in %s is refused', async (_, replacements, reason) => {
    const { goesOn } = await playing();
    const page = await SocketPage.open(dashboard.url);
    const yaml = Object.entries(replacements).reduce((text, [from, to]) => text.replace(from, to), SHORT_SCENARIO);
    page.say({ type: 'load', yaml });
    expect((await page.next('problem')).text).toContain(reason);
    await goesOn();
  });

  it('thousands of clicks are refused, and others do not notice', async () => {
    const { goesOn } = await playing();
    const { page } = await playing();
    for (let click = 0; click < 3_000; click++)
      page.say({ type: 'inject', cause: 'process-crash', target: 'orders.primary' });
    await page.closed();
    expect(page.all('problem')[0]?.text).toContain('too much at once');
    // However fast they come, a session has at most 200 faults.
    expect(page.all('loaded').length).toBeLessThan(250);
    await goesOn();
  });
});

describe('who may come', () => {
  it.each([
    ['another name for this machine', { Host: 'evil.example' }],
    ['a page from elsewhere', { Origin: 'https://evil.example' }],
    ['a page without origin', { Origin: 'null' }],
    ['a page of another port', { Origin: 'http://127.0.0.1:1' }],
  ])('%s is refused', async (_, headers) => {
    const refused = await get('healthz', headers);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('expected')]);
    const page = new SocketPage(dashboard.url, headers);
    await page.closed();
    expect(page.messages).toEqual([]);
    expect(dashboard.sessions.count).toBe(0);
  });

  it('pages of this server may', async () => {
    const { host } = new URL(dashboard.url);
    const page = new SocketPage(dashboard.url, { Origin: `http://${host}`, Host: host });
    await page.opened();
    page.say({ type: 'hello', version: PROTOCOL_VERSION });
    await page.next('welcome');
  });

  it('a hundred connections at once: some are welcome, the rest are told why not', async () => {
    await limited({ connections: 10, sessions: 10 });
    const { goesOn } = await playing();
    const pages = Array.from({ length: 100 }, () => new SocketPage(dashboard.url));
    await Promise.all(pages.map((page) => page.opened()));
    const late = pages.slice(9);
    await Promise.all(late.map((page) => page.closed()));
    const told = late.filter((page) => page.all('refused')[0]?.reason.includes('10 connections'));
    expect(told.length).toBeGreaterThan(50);
    await goesOn();
    for (const page of pages) page.socket.terminate();
  });

  it('sessions have a cap; one that was left makes room', async () => {
    await limited({ sessions: 2 });
    const [one] = [await SocketPage.open(dashboard.url), await SocketPage.open(dashboard.url)];
    const third = new SocketPage(dashboard.url);
    await third.opened();
    third.say({ type: 'hello', version: PROTOCOL_VERSION });
    expect((await third.next('refused')).reason).toContain('2 sessions');
    one.socket.terminate();
    await one.closed();
    // The server learns of it a moment later.
    while (dashboard.sessions.find(one.all('welcome')[0]!.session)?.outlet) await new Promise(setImmediate);
    const fourth = await SocketPage.open(dashboard.url);
    expect(fourth.all('welcome')).toHaveLength(1);
  });

  it('sessions that nobody looks at end, and their memory comes back', async () => {
    await limited({ detachedMs: 0, keptBytes: 0 });
    const { page } = await playing();
    expect(dashboard.recordings.bytes).toBeGreaterThan(0);
    page.socket.terminate();
    await page.closed();
    while (dashboard.sessions.count > 0) {
      dashboard.sessions.sweep(Number.MAX_SAFE_INTEGER);
      await new Promise(setImmediate);
    }
    expect([dashboard.recordings.count, dashboard.recordings.bytes]).toEqual([0, 0]);
  });

  it('all sessions together may make so many records', async () => {
    await limited({ recordsInAll: 3_000 });
    const { goesOn } = await playing();
    const page = await SocketPage.open(dashboard.url);
    page.say({ type: 'load', name: 'short' });
    expect((await page.next('problem')).text).toContain('All sessions together');
    await goesOn();
  });
});

describe('the web server', () => {
  it('tells pages to load nothing from elsewhere, and to hide in no frame', async () => {
    const { headers } = await get('healthz');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('says how it is, to people and to Prometheus', async () => {
    const { goesOn } = await playing();
    expect(JSON.parse((await get('healthz')).text)).toEqual({ status: 'ok', sessions: 1 });
    const { text } = await get('metrics');
    expect(text).toContain('# TYPE faultline_sessions gauge\nfaultline_sessions 1\n');
    expect(Number(/^faultline_simulated_records_total (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(2_000);
    expect(text).toMatch(/^faultline_event_loop_delay_p99_seconds \d/m);
    await goesOn();
  });

  it('answers what it does not know with a sentence', async () => {
    expect((await get('no/such/thing')).status).toBe(404);
    expect((await get('%E0%A4%A')).status).toBe(404);
    const socket = await get('ws');
    expect(socket.status).toBe(404);
  });

  it('says goodbye when it shuts down, and leaves nothing open', async () => {
    const { page } = await playing();
    await dashboard.close();
    expect((await page.next('goodbye')).reason).toContain('shutting down');
    await page.closed();
    await expect(get('healthz')).rejects.toThrow('ECONNREFUSED');
    dashboard = await serve();
  });
});
