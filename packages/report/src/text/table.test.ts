import { describe, expect, it } from 'vitest';
import { table } from './table.ts';

describe('table', () => {
  it('aligns columns to their widest cell and ends lines without spaces', () => {
    const columns = [{ title: 'kind' }, { title: 'p50', align: 'right' as const }, { title: 'note' }];
    const rows = [
      ['single', '6m52s', ''],
      ['東京', '9s', 'x'],
    ];
    expect(table(columns, rows, { width: 40, indent: 1 })).toEqual([
      ' kind      p50  note',
      ' single  6m52s',
      ' 東京       9s  x',
    ]);
  });

  it('wraps where it is allowed to, the others keep their room', () => {
    const columns = [{ title: '' }, { title: '', wraps: true }, { title: '', wraps: true }];
    expect(table(columns, [['a', 'short', 'a text that does not fit on one line']], { width: 30 })).toEqual([
      'a  short       a text that',
      '               does not fit on',
      '               one line',
    ]);
  });

  it('paints a column that wraps line by line, so that nothing beside it is painted too', () => {
    const paint = (text: string) => (text === '' ? '' : `\u001b[1m${text}\u001b[0m`);
    const columns = [{ title: '', wraps: true, paint }, { title: '' }];
    expect(table(columns, [['two words here', '9s']], { width: 14 })).toEqual([
      '\u001b[1mtwo words\u001b[0m   9s',
      '\u001b[1mhere\u001b[0m',
    ]);
  });

  it('is nothing without rows', () => {
    expect(table([{ title: 'x' }], [], { width: 40 })).toEqual([]);
  });
});
