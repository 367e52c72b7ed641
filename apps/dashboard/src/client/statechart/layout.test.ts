import { kinds } from '@faultline/models';
import { describe, expect, it } from 'vitest';
import { statechartOf } from '../../server/statecharts.ts';
import { activeStates, layOutChart, type StateBox } from './layout.ts';

const charts = [...kinds.values()].map((kind) => statechartOf(kind));

const inside = (outer: StateBox, inner: StateBox) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const apart = (one: StateBox, other: StateBox) =>
  one.x + one.width <= other.x ||
  other.x + other.width <= one.x ||
  one.y + one.height <= other.y ||
  other.y + other.height <= one.y;

describe('boxes of a statechart', () => {
  it.each(charts.map((chart) => [chart.model, chart] as const))(
    'of %s lie in their parents and never over their siblings',
    (_, chart) => {
      for (const aspect of [0.8, 1.6, 3]) {
        const { boxes } = layOutChart(chart, aspect, null);
        const byId = new Map(boxes.map((box) => [box.id, box]));
        for (const box of boxes) {
          const parent = box.state.parent === null ? undefined : byId.get(box.state.parent);
          if (parent !== undefined) expect(inside(parent, box), `${box.id} in ${parent.id}`).toBe(true);
          const siblings = boxes.filter((other) => other !== box && other.state.parent === box.state.parent);
          for (const sibling of siblings) expect(apart(box, sibling), `${box.id} and ${sibling.id}`).toBe(true);
        }
      }
    },
  );

  it('are left out below states that are not open', () => {
    const chart = charts.find(({ model }) => model === 'rds.multi-az-instance');
    if (chart === undefined) throw new Error('the kind has gone');
    const open = activeStates('knowledge & service.failingOver.promoting');
    const shown = layOutChart(chart, 1.6, open).boxes.map(({ id }) => id);
    expect(shown).toContain('service.failingOver.promoting');
    expect(shown.some((id) => id.startsWith('service.degraded.'))).toBe(false);
    expect(layOutChart(chart, 1.6, null).boxes.length).toBeGreaterThan(shown.length);
  });

  it('are lit with all that is around them', () => {
    expect([...activeStates('a.b & c')]).toEqual(['a', 'a.b', 'c']);
  });
});
