import { coldSeeks } from './cold-seeks.ts';
import type { Print } from './print.ts';
import { serverBench } from './server.bench.ts';

/** Add a benchmark here: it prints its figures beside what they are to be. */
const BENCHMARKS: Readonly<Record<string, (print: Print) => Promise<void>>> = {
  server: serverBench,
  cold: coldSeeks,
};

async function main(wanted: readonly string[]): Promise<number> {
  const print: Print = (line) => process.stdout.write(`${line}\n`);
  const unknown = wanted.filter((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown.length > 0) {
    process.stderr.write(`no benchmark ${unknown.join(', ')}: there are ${Object.keys(BENCHMARKS).join(', ')}\n`);
    return 64;
  }
  print(`Node ${process.version}, ${process.platform} ${process.arch}`);
  for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    print(`\n${name}`);
    await benchmark(print);
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
