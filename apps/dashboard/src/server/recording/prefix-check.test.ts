import { kinds } from '@faultline/models';
import { parseScenario, type Scenario } from '@faultline/scenario';
import { describe, expect, it } from 'vitest';
import { SHORT_SCENARIO } from '../testing/short-scenario.ts';
import { PrefixCheck } from './prefix-check.ts';
import { Recording } from './recording.ts';

const BOUNDS = { records: 1e6, bytes: 1e9 };

function scenarioOf(yaml: string): Scenario {
  const parsed = parseScenario(yaml, 'short', kinds);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.found);
  return parsed.scenario;
}

/** What is told when the short scenario is replaced by another one that may differ from `beforeUs` on. */
function toldOf(yaml: string, beforeUs: number): readonly string[] {
  const old = new Recording(scenarioOf(SHORT_SCENARIO), BOUNDS);
  old.advance(() => false);
  const told: string[] = [];
  const check = new PrefixCheck(old, beforeUs, (message) => told.push(message));
  new Recording(scenarioOf(yaml), BOUNDS, { past: check }).advance(() => false);
  return told;
}

const later = SHORT_SCENARIO.replace('at: 30s', 'at: 40s');

describe('the check of what was before an intervention', () => {
  it('finds nothing where only the future differs', () => {
    expect(toldOf(later, 30_000_000)).toEqual([]);
  });

  it('finds the first difference, once, where the past differs too', () => {
    const told = toldOf(later, 40_000_000);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^record \d+ was .*"atUs":30000000.*process-crash/);
    expect(toldOf(SHORT_SCENARIO.replace('seed: 7', 'seed: 8'), 1_000_000)).toHaveLength(1);
  });
});
