import { readFileSync } from 'node:fs';
import { parseDuration } from '@faultline/clock';
import { describe, expect, it } from 'vitest';
import { defaultOrigins } from './default-origins.ts';
import {
  driverDefaults,
  keepaliveDefaults,
  poolDefaults,
  proxyDefaults,
  retryDefaults,
  routingDefaults,
} from './defaults.ts';

/** Keys of which the README's tables name a default, with that default. */
function documentedDefaults(): ReadonlyMap<string, string> {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const rows = readme.matchAll(/^\| `([\w.]+)` \| .* \| `([^`]+)` \|$/gm);
  return new Map([...rows].map(([, key, value]) => [key as string, value as string]));
}

/** A duration however it is written; other texts as they are. */
function sense(text = ''): number | string {
  return /\d(us|ms|s|m|h)$/.test(text) ? parseDuration(text) : text;
}

describe('where defaults come from', () => {
  it('is told for every setting of a client, and of a proxy', () => {
    const parts = { pool: poolDefaults, driver: driverDefaults, retry: retryDefaults, routing: routingDefaults };
    const counts = Object.entries({ ...parts, proxy: proxyDefaults }).map(([part, values]) => [
      part,
      Object.keys(values).length,
    ]);
    const told = Object.keys(defaultOrigins);
    for (const [part, settings] of counts) {
      const direct = told.filter((key) => key.startsWith(`${part}.`) && key.split('.').length === 2);
      expect([part, direct.length]).toEqual([part, settings]);
    }
    const keepalive = told.filter((key) => key.startsWith('driver.keepalive.'));
    expect(keepalive).toHaveLength(Object.keys(keepaliveDefaults).length);
  });

  it('agrees with the defaults that the README names', () => {
    const documented = documentedDefaults();
    const named = Object.entries(defaultOrigins).filter(([key]) => documented.has(key) && key !== 'keys');
    expect(named.length).toBeGreaterThan(20);
    for (const [key, { default: value }] of named)
      expect([key, sense(value)]).toEqual([key, sense(documented.get(key))]);
  });

  it('has a source and a date each', () => {
    for (const [key, { source, date }] of Object.entries(defaultOrigins)) {
      expect(source, key).toMatch(/\w{3}/);
      expect(date, key).toMatch(/^20\d\d-\d\d$/);
    }
  });
});
