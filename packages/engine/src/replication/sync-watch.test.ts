import { Agenda } from '@faultline/clock';
import { expect, it } from 'vitest';
import { Node } from '../nodes/node.ts';
import { smallWorld } from '../testing/small-world.ts';
import { Copy } from './copy.ts';
import type { Stream } from './stream.ts';
import { SyncWatch } from './sync-watch.ts';
import { Timeline } from './timeline.ts';

const { site, recorder } = smallWorld();

it('tells once of a copy that is attached twice: when it holds what was there the second time', () => {
  const layout = { id: 'orders-2', az: 'az1', region: 'r', role: 'reader', readable: true, writable: false };
  const copy = new Copy(new Node('orders', layout, site, recorder), true, true, new Timeline(1, null, 0, 'orders'));
  copy.stream = { connected: true, arrivesAtUs: (lsn: number) => lsn * 10 } as unknown as Stream;
  const agenda = new Agenda();
  const toldAtUs: number[] = [];
  const watch = new SyncWatch(agenda, () => toldAtUs.push(agenda.nowUs));
  for (const target of [1, 5]) {
    watch.begin(copy, target);
    watch.check(copy);
  }
  agenda.runUntil(1_000);
  expect(toldAtUs).toEqual([50]);
});
