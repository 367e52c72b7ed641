import { MeasuredPage } from './measured-page.ts';
import { figures, ms, type Print, timeOf } from './print.ts';
import { startServer } from './served.ts';

const HORIZON_US = 1_200_000_000;

/** Instants of each weight, spread over the run; every one in a run that nobody has simulated before. */
const SEEKS = 24;

/** Twenty minutes with a failover; whatever is not written here is the default. */
const scenario = (seed: string, perSecond: number) => `scenario: cold
seed: ${seed}
horizon: 20m
topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
  databases:
    orders: { model: rds.multi-az-instance, primary: use1-az1, standby: use1-az2 }
  clients:
    checkout: { connectsTo: orders, from: use1-az3, count: 40 }
workload:
  - { client: checkout, op: write, arrivals: { poisson: ${perSecond}/s } }
faults:
  - { at: 3m, fail: orders.primary, cause: host-failure }
`;

/** Between two scenarios, so that the page stays within what one page may ask of the server. */
const REST_MS = 400;

/** Writes a second. */
const WEIGHTS = { light: 10, ordinary: 40, heavy: 200 } as const;

/** A scenario is opened and sought at once: how long until a page sees the instant. */
export async function coldSeeks(print: Print): Promise<void> {
  await newServer(print);
  const served = await startServer();
  try {
    const page = await MeasuredPage.open(served.url);
    for (const [weight, perSecond] of Object.entries(WEIGHTS)) {
      const records = await recordsOf(page, scenario('measured', perSecond));
      const [tookMs, workMs]: [number[], number[]] = [[], []];
      for (let seek = 0; seek < SEEKS; seek++) {
        const atUs = Math.floor((((seek * 7 + 1) % SEEKS) / (SEEKS - 1)) * HORIZON_US);
        const yaml = scenario(`${weight}-${seek}`, perSecond);
        await new Promise((resolve) => setTimeout(resolve, REST_MS));
        const before = await served.metric('faultline_processor_seconds_total');
        tookMs.push(await timeOf(() => openAndSeek(page, { yaml }, atUs)));
        workMs.push(((await served.metric('faultline_processor_seconds_total')) - before) * 1_000);
      }
      print(`  pasted, ${weight} (${perSecond} writes/s, ${records} records): ${figures(tookMs)}`);
      print(`    processor time of the server meanwhile: ${figures(workMs)}`);
    }
    page.close();
  } finally {
    await served.close();
  }
}

/** The page comes as soon as the server says where it is, and seeks in what every session opens with. */
async function newServer(print: Print): Promise<void> {
  const tookMs: number[] = [];
  for (const minute of [20, 1, 10]) {
    const served = await startServer();
    const page = await MeasuredPage.open(served.url);
    tookMs.push(await timeOf(() => openAndSeek(page, { name: 'rds-multi-az-instance/host-failure' }, minute * 60e6)));
    page.close();
    await served.close();
  }
  print(`  opening of a server that has just begun, to minute 20, 1, 10: ${tookMs.map(ms).join(' ')}`);
}

async function openAndSeek(
  page: MeasuredPage,
  what: { readonly name: string } | { readonly yaml: string },
  atUs: number,
): Promise<void> {
  page.say({ type: 'load', ...what, paused: true });
  page.say({ type: 'seek', atUs });
  await page.next('snapshot', (glance) => glance.atUs === atUs);
}

async function recordsOf(page: MeasuredPage, yaml: string): Promise<number> {
  page.say({ type: 'load', yaml, paused: true });
  const { records } = await page.next('simulated', ({ done }) => done);
  return records;
}
