import { MeasuredPage } from './measured-page.ts';
import { figures, mb, ms, type Print, timeOf } from './print.ts';
import { type Served, startServer } from './served.ts';

/** Twenty minutes of simulated time under 200 writes a second. */
const SCENARIO = 'rds-multi-az-instance/host-failure';
const HORIZON_US = 1_200_000_000;

const SEEKS = 60;
const SESSIONS = 20;
const SPEED = 10;
const WATCHED_MS = 15_000;

/** What the server takes: until a page sees something, until it has been somewhere, and with twenty at once. */
export async function serverBench(print: Print): Promise<void> {
  const served = await startServer();
  try {
    await onePage(served, print);
    await manyPages(served, print);
  } finally {
    await served.close();
  }
}

async function onePage(served: Served, print: Print): Promise<void> {
  const bytesBefore = await served.metric('faultline_kept_trace_bytes');
  const beganMs = performance.now();
  const page = await MeasuredPage.open(served.url);
  // Another seed than that of the run which the server has prepared.
  page.say({ type: 'load', name: SCENARIO, seed: 'bench' });
  const first = await page.next('records');
  print(`  from connecting to the first records      ${ms(performance.now() - beganMs)}  (${first.bytes} bytes)`);
  const { records } = await page.next('simulated', ({ done }) => done);
  const wholeMs = performance.now() - beganMs;
  print(`  the whole run simulated ahead             ${ms(wholeMs)}`);
  print(`  records simulated, folded, measured, kept ${((records / wholeMs) * 1_000).toFixed(0).padStart(8)} /s`);
  const keptBytes = (await served.metric('faultline_kept_trace_bytes')) - bytesBefore;
  print(`  memory kept for ${records} records        ${mb(keptBytes)}`);
  page.say({ type: 'pause' });
  const tookMs: number[] = [];
  for (let seek = 0; seek < SEEKS; seek++) {
    // Places far apart, the same in every run.
    const atUs = Math.floor((((seek * 37) % SEEKS) / SEEKS) * HORIZON_US);
    tookMs.push(
      await timeOf(async () => {
        page.say({ type: 'seek', atUs });
        await page.next('snapshot', (glance) => glance.atUs === atUs);
      }),
    );
  }
  print(`  seek, ${SEEKS} instants: ${figures(tookMs)}  (aim: under 300 ms)`);
  for (const minute of [3, 10])
    print(
      `  breaking something at minute ${String(minute).padEnd(2)}         ${ms(await timeOfBreaking(page, minute))}`,
    );
  page.close();
}

/** From the click until the page shows what it did: the run is simulated anew up to there. */
async function timeOfBreaking(page: MeasuredPage, minute: number): Promise<number> {
  const atUs = minute * 60_000_000;
  page.say({ type: 'seek', atUs });
  await page.next('snapshot', (glance) => glance.atUs === atUs);
  return timeOf(async () => {
    page.say({ type: 'inject', cause: 'process-crash', target: 'orders.primary' });
    // A snapshot takes the place of more records than are sent one by one.
    await page.next(['records', 'snapshot'], (glance) => glance.atUs > atUs);
  });
}

/** Every session should get as far as every other, and about as far as its speed says. */
async function manyPages(served: Served, print: Print): Promise<void> {
  const pages = await Promise.all(Array.from({ length: SESSIONS }, () => MeasuredPage.open(served.url)));
  // Each its own run: one that is the same is simulated once.
  pages.forEach((page, place) => {
    page.say({ type: 'load', name: SCENARIO, seed: `bench-${place}` });
  });
  await Promise.all(pages.map((page) => page.next('records', ({ atUs }) => atUs > 0)));
  const recordsBefore = await served.metric('faultline_simulated_records_total');
  for (const page of pages) {
    page.say({ type: 'play', speed: SPEED });
    page.resetGaps();
  }
  const before = pages.map(({ atUs }) => atUs);
  const beganMs = performance.now();
  await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
  const tookMs = performance.now() - beganMs;
  const speeds = pages.map(({ atUs }, index) => (atUs - (before[index] ?? 0)) / 1_000 / tookMs).sort((a, b) => a - b);
  const gaps = pages.map(({ longestGapMs }) => longestGapMs).sort((a, b) => a - b);
  const records = (await served.metric('faultline_simulated_records_total')) - recordsBefore;
  print(`  ${SESSIONS} sessions at ${SPEED}x for ${WATCHED_MS / 1_000} s`);
  print(
    `    simulated seconds a second: slowest, fastest ${at(speeds, 0)} ${at(speeds, SESSIONS - 1)}  (asked: ${SPEED})`,
  );
  print(`    longest time without a frame: median, worst ${ms(gaps[SESSIONS / 2])} ${ms(gaps.at(-1))}`);
  print(`    records simulated ahead      ${((records / tookMs) * 1_000).toFixed(0).padStart(8)} /s in all`);
  print(
    `    event loop delay p99         ${ms((await served.metric('faultline_event_loop_delay_p99_seconds')) * 1_000)}`,
  );
  print(`    memory of the process        ${mb(await served.metric('faultline_resident_memory_bytes'))}`);
  for (const page of pages) page.close();
}

const at = (values: readonly number[], index: number): string => (values[index] ?? 0).toFixed(2).padStart(6);
