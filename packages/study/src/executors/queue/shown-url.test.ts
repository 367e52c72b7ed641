import { expect, it } from 'vitest';
import { shownUrl } from './shown-url.ts';

it('hides the password of a queue, wherever it stands and whatever it holds, and nothing else', () => {
  expect(shownUrl('redis://:secret@10.0.0.7:6379/2')).toBe('redis://:***@10.0.0.7:6379/2');
  expect(shownUrl('rediss://worker:p:a@s/s@queue:6379')).toBe('rediss://worker:***@queue:6379');
  expect(shownUrl('redis://queue?db=2&password=secret&family=6')).toBe('redis://queue?db=2&password=***&family=6');
  expect(shownUrl(':secret@queue:6379')).toBe(':***@queue:6379');
  for (const open of ['redis://10.0.0.7:6379', 'redis://worker@queue:6379', 'unix:///run/valkey.sock'])
    expect(shownUrl(open)).toBe(open);
});
