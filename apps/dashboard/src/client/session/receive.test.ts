import type { HeaderRecord, TraceRecord } from '@faultline/trace';
import { describe, expect, it } from 'vitest';
import type { ServerMessage } from '../../protocol/server-messages.ts';
import { emptyModel, type Model } from './model.ts';
import { packText, unpackText } from './packed-text.ts';
import { receive } from './receive.ts';
import { askedBy } from './share-link.ts';

const HEADER: HeaderRecord = {
  type: 'header',
  atUs: 0,
  format: 'faultline-trace/1',
  scenario: 'small',
  summary: '',
  seed: '7',
  horizonUs: 60_000_000,
  databases: [],
  cohorts: [],
  resolved: {},
};

const ends = (count: number): readonly TraceRecord[] =>
  Array.from({ length: count }, (_, index) => ({ type: 'end', atUs: index }));

function loaded(model: Model, run: number, reason: 'load' | 'intervention' | 'resume', name: string | null): void {
  const lane = { header: HEADER, yaml: 'scenario: small', name, charts: [] };
  receive(model, { type: 'loaded', run, reason, horizonUs: 60_000_000, lanes: [lane] }, 0);
}

const records = (run: number, seq: number, count: number): ServerMessage => ({
  type: 'records',
  run,
  lane: 0,
  seq,
  atUs: 1_000,
  records: [...ends(count)],
});

describe('what the server says', () => {
  it('is folded once, also when it comes again after a lost connection', () => {
    const model = emptyModel();
    loaded(model, 1, 'load', 'a/b');
    receive(model, records(1, 0, 5), 0);
    loaded(model, 1, 'resume', 'a/b');
    receive(model, records(1, 3, 4), 0);
    expect(model.lanes[0]?.seq).toBe(7);
    expect(model.lanes[0]?.fold.view.records).toBe(7);
  });

  it('is not folded where something before it is missing, nor when it is of another run', () => {
    const model = emptyModel();
    loaded(model, 1, 'load', 'a/b');
    receive(model, records(1, 2, 5), 0);
    receive(model, records(0, 0, 5), 0);
    expect(model.lanes[0]?.fold.view.records).toBe(0);
  });

  it('after an intervention keeps the past, under no name of the catalogue', () => {
    const model = emptyModel();
    loaded(model, 1, 'load', 'a/b');
    receive(model, records(1, 0, 5), 0);
    loaded(model, 2, 'intervention', 'a/b');
    expect(model.lanes[0]).toMatchObject({ seq: 5, name: null });
    receive(model, records(2, 5, 1), 0);
    expect(model.lanes[0]?.fold.view.records).toBe(6);
  });

  it('begins anew with another scenario', () => {
    const model = emptyModel();
    loaded(model, 1, 'load', 'a/b');
    receive(model, records(1, 0, 5), 0);
    loaded(model, 2, 'load', 'a/c');
    expect(model.lanes[0]).toMatchObject({ seq: 0, name: 'a/c' });
    expect(model.atUs).toBe(0);
  });
});

describe('an address', () => {
  it('names a scenario, a seed and an instant, and nothing else is taken from it', async () => {
    expect(await askedBy('#scenario=a/b&seed=9&at=12.5&evil=1')).toEqual({
      opening: {
        name: 'a/b',
        seed: '9',
        atUs: 12_500_000,
        paused: true,
      },
    });
    expect(await askedBy('#yaml=scenario%3A%20x')).toEqual({ opening: { yaml: 'scenario: x' } });
  });

  it('that names none, or an instant that is no number, asks for nothing of the kind', async () => {
    expect(await askedBy('')).toEqual({ opening: null });
    expect(await askedBy('#seed=4')).toEqual({ opening: null });
    expect(await askedBy('#scenario=a/b&at=soon')).toEqual({ opening: { name: 'a/b' } });
    expect(await askedBy('#scenario=a/b&at=-4')).toEqual({ opening: { name: 'a/b' } });
  });

  it('names a race, or says that part of it is missing', async () => {
    const race = { kinds: ['rds.single-az', 'aurora.cluster'], fault: 'az-outage', trials: 50 };
    const link = 'race=rds.single-az%2Caurora.cluster&fault=az-outage&trials=50';
    expect(await askedBy(`#${link}&seed=9`)).toEqual({ race: { ...race, seed: '9' } });
    expect(await askedBy(`#${link}`)).toEqual({ race });
    for (const broken of [
      'race=rds.single-az',
      'race=a,b&trials=1',
      'race=a,b&fault=x&trials=1e9',
      'race=a,b&fault=x&trials=z',
    ])
      expect(await askedBy(`#${broken}`)).toMatchObject({ broken: expect.stringContaining('race') });
  });

  it('holds a scenario of any length packed, and says so when part of it is missing', async () => {
    const yaml = `scenario: long\n${'# of much text — and more\n'.repeat(3_000)}`;
    const packed = await packText(yaml);
    expect(packed).toMatch(/^[\w-]+$/);
    expect(await askedBy(`#packed=${packed}&seed=3`)).toEqual({ opening: { yaml, seed: '3' } });
    for (const broken of [packed.slice(0, -8), 'none', `${packed.slice(0, 20)}!`])
      expect(await askedBy(`#packed=${broken}`)).toMatchObject({ broken: expect.stringContaining('cannot be read') });
  });

  it('cannot be made to hold more than a scenario may have', async () => {
    const packed = await packText('x'.repeat(2_000_000));
    expect(packed.length).toBeLessThan(3_000);
    expect(await unpackText(packed, 96 * 1024)).toBeNull();
  });
});
