import { kinds } from '@faultline/models';
import { parseScenario, type Scenario } from '@faultline/scenario';
import { describe, expect, it } from 'vitest';
import { bundledScenarios } from './catalogue.ts';
import { defaultLimits } from './limits.ts';
import { costRefusal, estimatedRecords } from './scenario-cost.ts';
import { SHORT_SCENARIO } from './testing/short-scenario.ts';

function parsed(text: string, name = 'test'): Scenario {
  const result = parseScenario(text, name, kinds);
  if (!result.ok) throw new Error(`${name}: ${result.problems[0]?.found}`);
  return result.scenario;
}

describe('the cost of a scenario', () => {
  const bundled = bundledScenarios();

  it('is what its arrivals, samples and clients come to', () => {
    // 2 000 operations, three samples a second for as long, and four clients.
    expect(estimatedRecords(parsed(SHORT_SCENARIO))).toBe(2_000 + 300 + 4);
    const closed = SHORT_SCENARIO.replace('{ poisson: 20/s }', '{ closed: { think: 999ms } }');
    expect(estimatedRecords(parsed(closed))).toBe(4 * 100 + 300 + 4);
    const late = SHORT_SCENARIO.replace('{ poisson: 20/s } }', '{ every: 10ms }, from: 20s, until: 30s }');
    expect(estimatedRecords(parsed(late))).toBe(1_000 + 300 + 4);
  });

  it.each(bundled.names())('%s can be played', (name) => {
    const scenario = parsed(bundled.text(name) ?? '', name);
    expect(costRefusal(scenario, defaultLimits.recordsPerRun, defaultLimits.faults)).toBeNull();
  });

  it('the catalogue has a sentence on every scenario, and opens with one of them', () => {
    const { scenarios, opening } = bundled.catalogue;
    expect(scenarios.filter(({ summary }) => summary === '')).toEqual([]);
    expect(bundled.names()).toContain(opening);
  });
});
