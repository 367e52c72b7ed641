import { kinds } from '@faultline/models';
import { parseStudy, type Study } from '@faultline/scenario';

/** One client, and one host failure whose length is drawn from one exponential distribution: all else is constant. */
export function outageScenario({ horizon, every }: { readonly horizon: string; readonly every: string }): string {
  return `scenario: shop
seed: 1
horizon: ${horizon}
sample: none
topology:
  regions: { us-east-1: [use1-az1, use1-az2, use1-az3] }
  databases:
    orders: { model: rds.single-az, az: use1-az1, timings: { detection: 30s, hostReplacement: { exponential: { mean: 60s } }, engineStart: 10s, patience: 100m } }
  clients:
    checkout: { connectsTo: orders, from: use1-az1, count: 1, driver: { connectTimeout: 1s } }
workload:
  - { client: checkout, op: write, arrivals: { every: ${every} } }
faults:
  - { at: 10s, fail: orders.instance, cause: host-failure }
`;
}

/** A study of a scenario, with what else its file says. */
export function outageStudy(scenario: string, rest = ''): Study {
  const text = `study: tail\nscenario: shop.yaml\nseed: 7\n${rest}`;
  const result = parseStudy(text, 'study.yaml', () => ({ file: 'shop.yaml', text: scenario }), kinds);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.study;
}
