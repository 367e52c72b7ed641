import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { historyModels } from '../src/history/history-models.ts';
import { ANOMALIES } from '../src/history/isolation/anomaly.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('names every model, under all its names', () => {
    expect([...historyModels.keys()].filter((name) => !README.includes(`\`${name}\``))).toEqual([]);
  });

  it('names every anomaly', () => {
    const names = [...ANOMALIES.keys()].map((name) => name.replace(/-(?:process|realtime)$/, ''));
    expect(names.filter((name) => !README.includes(`\`${name}\``))).toEqual([]);
  });
});
