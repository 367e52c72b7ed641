import { describe, expect, it } from 'vitest';
import { Node } from '../nodes/node.ts';
import { smallWorld } from '../testing/small-world.ts';
import { Copy } from './copy.ts';
import { comparePositions } from './position-comparison.ts';
import { Timeline } from './timeline.ts';

const NOW_US = 1_000;
const { site, recorder } = smallWorld();

/** A history of so many entries, of which so many are acknowledged. */
function history(entries: number, acknowledged: number): Timeline {
  const timeline = new Timeline(1, null, 0, 'orders');
  for (let entry = 1; entry <= entries; entry++) timeline.append(1, entry, entry, entry);
  for (let entry = 1; entry <= acknowledged; entry++) timeline.durableAt.push(entry);
  return timeline;
}

/** What `id` holds of a history. */
function copyAt(id: string, timeline: Timeline, received: number, applied = received): Copy {
  const layout = { id, az: 'az1', region: 'r', role: 'reader', readable: true, writable: false };
  const copy = new Copy(new Node('orders', layout, site, recorder), true, true, timeline);
  copy.place(timeline, received, applied);
  return copy;
}

describe('a comparison of positions', () => {
  const written = history(5, 4);

  it('finds the newest, and of those that hold as much the one that has applied most', () => {
    const copies = [copyAt('a', written, 5, 1), copyAt('b', written, 5, 3), copyAt('c', written, 4)];
    expect(comparePositions(copies, ['a'], written, NOW_US)).toEqual({ newest: 'a', leastBehind: 'b', lacking: [] });
  });

  it('chooses nobody when those that missed nothing cannot be asked', () => {
    const lost = copyAt('b', written, 5);
    lost.node.hostUp = false;
    const found = comparePositions([copyAt('a', written, 4), lost], ['b'], written, NOW_US);
    expect(found).toEqual({ newest: null, leastBehind: null, lacking: [] });
  });

  it('chooses nobody when even the newest lacks something that was acknowledged, though it was fed all the time', () => {
    const found = comparePositions([copyAt('a', written, 3), copyAt('b', written, 2)], ['a', 'b'], written, NOW_US);
    expect(found).toEqual({ newest: null, leastBehind: null, lacking: ['a', 'b'] });
  });

  it('does without what was not acknowledged', () => {
    const found = comparePositions([copyAt('a', written, 3), copyAt('b', written, 4)], ['a'], written, NOW_US);
    expect(found).toEqual({ newest: 'b', leastBehind: 'b', lacking: ['a'] });
  });

  it('takes entries that another writer has left behind for none, however many they are', () => {
    const forked = new Timeline(2, written, 4, 'orders');
    const former = copyAt('a', written, 5);
    expect(comparePositions([former], ['a'], forked, NOW_US).lacking).toEqual(['a']);
    const follower = copyAt('b', forked, 4);
    expect(comparePositions([former, follower], ['b'], forked, NOW_US).newest).toBe('b');
  });
});
