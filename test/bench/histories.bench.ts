import {
  casRegister,
  checkLinearizability,
  keyValue,
  type Operation,
  pairOperations,
  parseHistory,
} from '@faultline/checkers';
import { RandomStreams } from '@faultline/clock';

const LIMITS = { steps: 200_000_000, bytes: 512 * 1024 * 1024 };
/** What the search without a memory may take before it is given up. */
const STEPS_WITHOUT_MEMORY = 20_000_000;
const SMALL = 300;
const MIB = 1024 * 1024;

type Random = () => number;
type Value = null | string | number | readonly number[];

interface Request {
  readonly f: string;
  readonly key?: string;
  readonly value: Value;
}

interface Client {
  readonly request: Request;
  result?: Value;
  succeeded: boolean;
}

/** An object that does what it should, one request at a time. */
type Apply = (request: Request) => { readonly result: Value; readonly succeeded: boolean };

/**
 * A history of clients that are always busy: each request takes effect at an instant of its own between its
 * invocation and its return. With `spoils`, the last read returns what nobody wrote.
 */
function history(
  { clients, operations, spoils }: { clients: number; operations: number; spoils: boolean },
  request: () => Request,
  apply: Apply,
  random: Random,
): string {
  const lines: string[] = [];
  const busy: (Client | undefined)[] = Array.from({ length: clients }, () => undefined);
  let begun = 0;
  for (let returned = 0; returned < operations; ) {
    const process = Math.floor(random() * clients);
    const client = busy[process];
    if (client === undefined) {
      if (begun === operations) continue;
      busy[process] = { request: request(), succeeded: true };
      lines.push(JSON.stringify({ process, type: 'invoke', ...busy[process].request }));
      begun++;
    } else if (client.result === undefined) Object.assign(client, apply(client.request));
    else {
      busy[process] = undefined;
      returned++;
      const type = client.succeeded ? 'ok' : 'fail';
      lines.push(JSON.stringify({ ...client.request, process, type, value: client.result }));
    }
  }
  if (spoils) {
    const last = lines.findLastIndex((line) => /"ok"/.test(line) && /"f":"(?:read|get)"/.test(line));
    lines[last] = (lines[last] as string).replace(/"value":(?:"[^"]*"|\w+)/, '"value":"nobody wrote this"');
  }
  return lines.join('\n');
}

function registerHistory(operations: number, clients: number, spoils: boolean): string {
  const random = new RandomStreams('bench').stream('register');
  const below = (count: number): number => Math.floor(random() * count);
  let state: Value = null;
  const request = (): Request => {
    const f = ['read', 'read', 'write', 'cas'][below(4)] as string;
    return { f, value: f === 'read' ? null : f === 'write' ? below(5) : [below(5), below(5)] };
  };
  const apply: Apply = ({ f, value }) => {
    if (f === 'read') return { result: state ?? -1, succeeded: true };
    const [from, to] = f === 'cas' ? (value as readonly number[]) : [state, value as number];
    const succeeded = from === state;
    if (succeeded) state = to as Value;
    return { result: value, succeeded };
  };
  apply({ f: 'write', value: 0 });
  const first = ['invoke', 'ok'].map((type) => JSON.stringify({ process: 0, type, f: 'write', value: 0 })).join('\n');
  return `${first}\n${history({ clients, operations, spoils }, request, apply, random)}`;
}

function keyValueHistory(operations: number, clients: number, keys: number, spoils: boolean): string {
  const random = new RandomStreams('bench').stream(`keys/${keys}`);
  const state = new Map<string, string>();
  let written = 0;
  const request = (): Request => {
    const f = ['get', 'put', 'append', 'append'][Math.floor(random() * 4)] as string;
    return { f, key: `k${Math.floor(random() * keys)}`, value: f === 'get' ? null : `<${written++}>` };
  };
  const apply: Apply = ({ f, key = '', value }) => {
    const held = state.get(key) ?? '';
    if (f !== 'get') state.set(key, f === 'put' ? (value as string) : held + value);
    return { result: f === 'get' ? held : value, succeeded: true };
  };
  return history({ clients, operations, spoils }, request, apply, random);
}

function seconds(run: () => void): number {
  const startedAtMs = performance.now();
  run();
  return (performance.now() - startedAtMs) / 1_000;
}

/** Prints how long the linearizability checker takes for histories of the sizes that it has to master. */
export function historiesBench(print: (line: string) => void): void {
  const row = (name: string, text: string, model: Parameters<typeof checkLinearizability<string>>[0]): void => {
    let operations: readonly Operation[] = [];
    const reading = seconds(() => {
      operations = pairOperations(parseHistory(text));
    });
    let verdict = '';
    const checking = seconds(() => {
      verdict = checkLinearizability(model, operations, LIMITS).verdict;
    });
    print(`  ${name.padEnd(46)} read ${reading.toFixed(2)} s  ${verdict.padEnd(7)} after ${checking.toFixed(2)} s`);
  };
  print('linearizability: clients that are always busy; the bounds are 5 s and 10 s');
  for (const spoils of [false, true])
    row('register, 10 000 operations, 10 clients', registerHistory(10_000, 10, spoils), casRegister);
  for (const keys of [1, 10])
    for (const spoils of [false, true]) {
      const name = `key-value, 4 000 operations, 50 clients, ${keys} ${keys === 1 ? 'key' : 'keys'}`;
      row(name, keyValueHistory(4_000, 50, keys, spoils), keyValue);
    }
  withoutMemory(print);
  print(`  largest resident memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB of at most 1024 MiB`);
}

/** The same search with and without its memory of configurations, on a history that is not linearizable. */
function withoutMemory(print: (line: string) => void): void {
  const operations = pairOperations(parseHistory(registerHistory(SMALL, 10, true)));
  const run = (remembers: boolean): { readonly taken: number; readonly steps: number; readonly verdict: string } => {
    let result = { steps: 0, verdict: '' };
    const taken = seconds(() => {
      result = checkLinearizability(casRegister, operations, {
        steps: STEPS_WITHOUT_MEMORY,
        bytes: 64 * MIB,
        remembers,
      });
    });
    return { taken, ...result };
  };
  const [remembering, forgetting] = [run(true), run(false)];
  const least = forgetting.verdict === 'unknown' ? 'at least ' : '';
  const ratio = (forgetting.steps / remembering.steps).toFixed(0);
  print(
    `  baseline without memory of configurations, ${SMALL} operations: ${forgetting.taken.toFixed(2)} s instead of ` +
      `${remembering.taken.toFixed(3)} s, ${least}${ratio} x the steps`,
  );
}
