import type { CalibrationCase } from '../calibration-case.ts';
import { meanLag } from '../watches/lag.ts';

/** Writes per second, and the replica lag in milliseconds that the paper gives for them. */
const LAG_MS: readonly (readonly [perSecond: number, lagMs: number])[] = [
  [1_000, 2.62],
  [2_000, 3.42],
  [5_000, 3.94],
  [10_000, 5.38],
];

const FROM_US = 500_000;

const scenario = (perSecond: number) => ({
  horizon: '1500ms',
  sample: '7ms',
  topology: {
    regions: { 'us-east-1': ['use1-az1', 'use1-az2', 'use1-az3'] },
    databases: {
      loaded: {
        model: 'aurora.cluster',
        engine: 'mysql',
        instances: { a: { az: 'use1-az1' }, b: { az: 'use1-az2' } },
        writer: 'a',
      },
    },
    clients: { sysbench: { connectsTo: 'loaded.writer', from: 'use1-az1', count: 50, pool: { size: 10 } } },
  },
  workload: [{ client: 'sysbench', op: 'write', arrivals: { poisson: `${perSecond}/s` }, keys: 100_000 }],
});

/** C11: the lag of a reader under SysBench's write-only load. */
export const auroraReplicaLag: readonly CalibrationCase[] = LAG_MS.map(([perSecond, lagMs]) => ({
  id: `C11-${perSecond}`,
  group: 'Aurora DB cluster',
  title: `SysBench, write-only, ${perSecond} writes/s`,
  source:
    'Verbitski et al., Amazon Aurora: Design Considerations for High Throughput Cloud-Native Relational Databases, SIGMOD 2017, table 4',
  date: '2017-05',
  note: '1 s of a load that the paper ran for longer; how many readers there were is not said: one',
  trialsAtMost: 50,
  scenario: () => scenario(perSecond),
  measures: [
    {
      id: 'lag',
      title: 'mean replica lag',
      seenBy: 'server' as const,
      unit: 'ms' as const,
      measured: { values: [lagMs] },
      caveat: 'a reader is shipped log in batches and applies pages under latches; the stream here has neither',
      watch: () => meanLag('loaded-b', FROM_US),
    },
  ],
}));
