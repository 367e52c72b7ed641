import { checkBench } from './check.bench.ts';
import { clockBench } from './clock.bench.ts';
import { comparisonBench } from './comparison.bench.ts';
import { historiesBench } from './histories.bench.ts';
import { replicationBench } from './replication.bench.ts';

type Print = (line: string) => void;

/** Add a benchmark here. Each prints its figures beside a baseline measured in the same run. */
const BENCHMARKS: Readonly<Record<string, (print: Print) => void>> = {
  clock: clockBench,
  replication: replicationBench,
  comparison: comparisonBench,
  histories: historiesBench,
  check: checkBench,
};

function main(wanted: readonly string[]): number {
  const print: Print = (line) => process.stdout.write(`${line}\n`);
  const unknown = wanted.filter((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown.length > 0) {
    process.stderr.write(`no benchmark ${unknown.join(', ')}: there are ${Object.keys(BENCHMARKS).join(', ')}\n`);
    return 64;
  }
  const chosen = Object.entries(BENCHMARKS).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  print(`Node ${process.version}, ${process.platform} ${process.arch}`);
  for (const [name, benchmark] of chosen) {
    print(`\n${name}`);
    benchmark(print);
  }
  return 0;
}

process.exitCode = main(process.argv.slice(2));
