import { simulate } from '@faultline/engine';
import { kinds } from '@faultline/models';
import { formatProblem, parseScenario } from '@faultline/scenario';

const WRITES_PER_SECOND = 10_000;
const SECONDS = 60;

/** A primary under steady writes with so many read replicas, all of which are asked for their lag every second. */
function scenarioWith(replicas: number) {
  const followers = Array.from(
    { length: replicas },
    (_, index) =>
      `    replica-${index + 1}: { model: rds.read-replica, source: orders, az: use1-az${1 + (index % 3)} }`,
  );
  const text = `
scenario: bench-replicas
summary: Steady writes to a source with ${replicas} read replicas.
seed: 7
horizon: ${SECONDS}s
sample: 1s
topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
  databases:
    orders: { model: rds.single-az, az: use1-az1 }
${followers.join('\n')}
  clients:
    checkout: { connectsTo: orders, from: use1-az1, count: 20, pool: { size: 50 } }
workload:
  - { client: checkout, op: write, arrivals: { poisson: ${WRITES_PER_SECOND}/s } }
faults: []
`;
  const parsed = parseScenario(text, 'bench', kinds);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => formatProblem(problem, text)).join('\n'));
  return parsed.scenario;
}

interface Cost {
  readonly seconds: number;
  /** Time of the processors, which others on the machine do not stretch as much. */
  readonly processorSeconds: number;
  readonly writes: number;
}

function run(replicas: number): Cost {
  const scenario = scenarioWith(replicas);
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let writes = 0;
  for (const record of simulate(scenario, kinds)) {
    if (record.type === 'op') writes++;
  }
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - startedAt) / 1000, processorSeconds: (user + system) / 1e6, writes };
}

/** The cost of a write with no replica (the baseline) and with many. */
export function replicationBench(print: (line: string) => void): void {
  print(
    `Replication: ${WRITES_PER_SECOND} writes/s for ${SECONDS} simulated seconds, through clients, pools and network`,
  );
  run(0);
  const baseline = run(0);
  for (const replicas of [0, 1, 5, 15]) {
    const { seconds, processorSeconds, writes } = run(replicas);
    const ratio = processorSeconds / baseline.processorSeconds;
    print(
      `  ${String(replicas).padStart(2)} replicas  ${seconds.toFixed(2)} s (${processorSeconds.toFixed(2)} s of processors)  ${((processorSeconds * 1e6) / writes).toFixed(2)} µs a write  ${ratio.toFixed(2)} x without replicas`,
    );
  }
}
