import { describe, expect, it } from 'vitest';
import { parameterList } from './parameter-list.ts';
import { kinds } from './registry.ts';

describe('parameterList', () => {
  it('names every key of every kind, with its values', () => {
    for (const kind of kinds.values()) {
      const list = parameterList(kind);
      expect(list.length, kind.id).toBeGreaterThan(0);
      for (const { parameter, values } of list) expect(values, `${kind.id} ${parameter}`).not.toBe('');
    }
  });

  it('tells required keys from those with a default, and goes into mappings', () => {
    const aurora = kinds.get('aurora.cluster');
    if (!aurora) throw new Error('no aurora.cluster');
    const byName = new Map(parameterList(aurora).map((entry) => [entry.parameter, entry]));
    expect(byName.get('writer')).toEqual({ parameter: 'writer', values: 'text', required: true, default: null });
    expect(byName.get('protectionGroups')).toEqual({
      parameter: 'protectionGroups',
      values: 'a whole number from 1 to 64',
      required: false,
      default: '2',
    });
    expect(byName.get('instances.<name>.tier')).toMatchObject({ required: false, default: '1' });
    expect(byName.get('customEndpoints.<name>.type')?.values).toBe('one of reader, any');
  });
});
