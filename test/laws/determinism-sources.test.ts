import { describe, expect, it } from 'vitest';
import { findHostAccess } from './host-access.ts';
import { findModuleState } from './module-state.ts';
import { readProjectFile, SIMULATION_FILES } from './project-files.ts';

const SOMEWHERE = 'packages/engine/src/somewhere.ts';
const ADAPTER = 'packages/clock/src/rx-scheduler.ts';
const found = (source: string, path = SOMEWHERE) => findHostAccess(source, path).map((access) => access.found);
const state = (source: string) => findModuleState(source).map((one) => one.found);

/** Module state that changes how fast a result comes, and never the result; with what it holds. */
const PURE_CACHES: Readonly<Record<string, string>> = {
  'packages/engine/src/tabulated.ts: tables is changed': 'tables computed from a distribution alone',
  'packages/metrics/src/quantiles.ts: rankCache is changed': 'ranks computed from a count and a share alone',
  'packages/trace/src/canonical.ts: shapes is changed': 'the sorted keys of a record, computed from its keys alone',
};

describe('law: below apps/, a run depends on its scenario and seed alone', () => {
  it('no package asks the host for time, chance, timers, promises, a locale or the environment', () => {
    const report = SIMULATION_FILES.flatMap((path) =>
      findHostAccess(readProjectFile(path), path).map(
        (access) => `${path}:${access.line}: ${access.found}. ${access.instead}`,
      ),
    );
    expect(report).toEqual([]);
  });

  it('no module keeps state that a second run in the same process would see', () => {
    const states = SIMULATION_FILES.flatMap((path) =>
      findModuleState(readProjectFile(path)).map(({ line, found }) => ({ key: `${path}: ${found}`, line })),
    );
    const report = states
      .filter(({ key }) => !Object.hasOwn(PURE_CACHES, key))
      .map(({ key, line }) => `${key} in line ${line}. Keep it in the object that one run creates, and pass that on.`);
    expect(report).toEqual([]);
    const unused = Object.keys(PURE_CACHES).filter((cache) => !states.some(({ key }) => key === cache));
    expect(unused, 'These caches are gone: take them off the list PURE_CACHES.').toEqual([]);
  });
});

describe('the search for host access', () => {
  it.each([
    ['const now = Date.now();', ['Date']],
    ['function age(since: Date) {}', ['Date']],
    ['performance.now();', ['performance']],
    ['const jitter = Math.random();', ['Math.random']],
    ["Math['random']();", ['Math.random']],
    ['const { random } = Math;', ['Math as a value']],
    ['crypto.getRandomValues(bytes);', ['crypto']],
    ['setTimeout(wake, 5); queueMicrotask(wake);', ['setTimeout', 'queueMicrotask']],
    ['const wake = async () => {};', ['async']],
    ['class Node { async wake() {} }', ['async']],
    ['const all = { async wake() {} };', ['async']],
    ['await wake();', ['await']],
    ['wake().then(sleep);', ['.then']],
    ['let woken: Promise<void>;', ['Promise']],
    ['for (const name in nodes) {}', ['for…in']],
    ['rate.toLocaleString(); a.localeCompare(b);', ['.toLocaleString', '.localeCompare']],
    ['new Intl.NumberFormat();', ['Intl']],
    ['process.env.SEED; process.hrtime();', ['process', 'process']],
    ['globalThis.Date.now();', ['globalThis']],
    ['structuredClone(state); console.log(state);', ['structuredClone', 'console']],
    ["const late = import('./late.ts');", ['import()']],
    ["import { timer, map } from 'rxjs';", ['timer from rxjs']],
    ["export { interval as every } from 'rxjs';", ['interval from rxjs']],
    ["import * as rx from 'rxjs';", ['* from rxjs']],
    ["import { fromPromise } from 'xstate';", ['fromPromise from xstate']],
  ])('finds it in %s', (source, expected) => {
    expect(found(source)).toEqual(expected);
  });

  it.each([
    ["// Date.now()\nconst text = 'Math.random()';"],
    ['const whole = Math.round(rate);'],
    ['clock.setTimeout(wake, 5); const event = { Date: 1, process: 2 };'],
    ['function settle(process: Step) { process.next(); }'],
    ['for (const name of Object.keys(nodes)) {}'],
    ["import { Observable, map } from 'rxjs'; import type { asyncScheduler } from 'rxjs';"],
  ])('is silent about %s', (source) => {
    expect(found(source)).toEqual([]);
  });

  it('lets the adapter of rxjs import its timers', () => {
    expect(found("import { timer } from 'rxjs';", ADAPTER)).toEqual([]);
  });

  it('counts lines across characters of more than one byte', () => {
    expect(findHostAccess('// §§§ über\n\n  Date.now();\n', SOMEWHERE)[0]?.line).toBe(3);
  });
});

describe('the search for module state', () => {
  it.each([
    ['let order = 0;', ['top-level let']],
    ['export let order = 0;', ['top-level let']],
    ['var order = 0;', ['top-level var']],
    ['const seen = new Set(); export const see = (id: string) => seen.add(id);', ['seen is changed']],
    ['const counts = {}; export const count = (id: string) => { counts[id] += 1; };', ['counts is changed']],
    ['const last = { at: { us: 0 } }; export const tick = () => last.at.us++;', ['last is changed']],
    ['const queue: number[] = []; queue.push(1);', ['queue is changed']],
    ['const cache = {}; delete cache.key;', ['cache is changed']],
    ['class Node { static count = 0; }', ['static field']],
  ])('finds it in %s', (source, expected) => {
    expect(state(source)).toEqual(expected);
  });

  it.each([
    ['const KINDS = new Map([["a", 1]]); export const kindOf = (id: string) => KINDS.get(id);'],
    ['const seen = [1]; function see() { const seen = new Set(); seen.add(1); }'],
    ['function count() { let total = 0; total += 1; return total; }'],
    ['class Node { static readonly NAME = "node"; private count = 0; tick() { this.count += 1; } }'],
  ])('is silent about %s', (source) => {
    expect(state(source)).toEqual([]);
  });
});
