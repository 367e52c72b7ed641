import { kinds } from '@faultline/models';
import { parseScenario } from '@faultline/scenario';
import { describe, expect, it } from 'vitest';
import { World } from '../world.ts';
import { scheduleFaults } from './inject.ts';

const S = 1_000_000;

/** Three databases in one Region, with the given faults. */
function worldWith(faults: string): World {
  const text = `
scenario: place-effects
summary: Faults of a whole AZ.
seed: 7
horizon: 2h
sample: none
topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
  databases:
    single: { model: rds.single-az, az: use1-az1, timings: { detection: 10s, hostReplacement: 30s, patience: 2h } }
    pair: { model: rds.multi-az-instance, primary: use1-az2, standby: use1-az1 }
    shared: { model: aurora.cluster, writer: a, protectionGroups: 1, instances: { a: { az: use1-az1 }, b: { az: use1-az2 } } }
workload: []
faults:
${faults}
`;
  const parsed = parseScenario(text, 'place-effects.yaml', kinds);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const world = new World(parsed.scenario, kinds);
  for (const database of world.databases()) database.start();
  scheduleFaults(world);
  return world;
}

describe('a storage stall of an AZ', () => {
  const world = worldWith('  - { at: 10s, fail: use1-az1, cause: storage-stall, for: 5s }');
  const storage = (id: string) => world.database(id.split('-')[0] as string).node(id).storage;

  it('hangs every volume that is there, and no other', () => {
    world.agenda.runUntil(11 * S);
    expect(['single-1', 'pair-1', 'pair-2'].map(storage)).toEqual(['stalled', 'ok', 'stalled']);
  });

  it('takes the segments of a shared volume that are there, and not its instances', () => {
    expect(storage('shared-a')).toBe('ok');
    const lost = world.recorder.take().filter((record) => record.type === 'fact' && record.fact === 'SEGMENT_LOST');
    expect(lost).toHaveLength(2);
  });

  it('ends with the fault', () => {
    world.agenda.runUntil(16 * S);
    expect(['single-1', 'pair-1', 'pair-2'].map(storage)).toEqual(['ok', 'ok', 'ok']);
  });
});

describe('launches that are blocked', () => {
  const hostFailure = '  - { at: 10s, fail: single.instance, cause: host-failure }';
  const isUpAt = (faults: string, atS: number): boolean => {
    const world = worldWith(faults);
    world.agenda.runUntil(atS * S);
    return world.database('single').node('single-1').hostUp;
  };

  it.each(['use1-az1', 'us-east-1'])('in %s make a replacement wait until they are possible again', (place) => {
    const blocked = `${hostFailure}\n  - { at: 0s, fail: ${place}, cause: launches-blocked, for: 10m }`;
    expect(isUpAt(hostFailure, 60)).toBe(true);
    expect(isUpAt(blocked, 599)).toBe(false);
    expect(isUpAt(blocked, 601)).toBe(true);
  });

  it('elsewhere do not matter', () => {
    expect(isUpAt(`${hostFailure}\n  - { at: 0s, fail: use1-az2, cause: launches-blocked }`, 60)).toBe(true);
  });

  it('end only with the last fault that blocks them', () => {
    const both = ['use1-az1', 'use1-az1'].map(
      (az, index) => `  - { at: 0s, fail: ${az}, cause: launches-blocked, for: ${5 + 5 * index}m }`,
    );
    expect(isUpAt([hostFailure, ...both].join('\n'), 599)).toBe(false);
  });
});
