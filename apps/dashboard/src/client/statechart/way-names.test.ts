import { kinds } from '@faultline/models';
import { describe, expect, it } from 'vitest';
import { statechartOf } from '../../server/statecharts.ts';
import { activeStates, LEAF_HEIGHT, layOutChart } from './layout.ts';
import { placeNames, type WayName } from './way-names.ts';
import { waysOf } from './ways.ts';

const charts = [...kinds.values()].map((kind) => statechartOf(kind));

const apart = (one: WayName, x: number, y: number, width: number, height: number) =>
  Math.abs(one.x - x) * 2 >= one.width + width || Math.abs(one.y - y) * 2 >= one.height + height;

describe('names of ways', () => {
  it.each(charts.map((chart) => [chart.model, chart] as const))(
    'of %s hide neither a state nor one another, wherever the chart is',
    (_, chart) => {
      for (const { id } of chart.states) {
        const active = activeStates(id);
        const layout = layOutChart(chart, 1.8, null);
        const names = placeNames(
          waysOf(chart, layout, active).filter(({ lit }) => lit),
          layout,
        );
        for (const [place, name] of names.entries()) {
          for (const { x, y, width, height } of layout.boxes.filter((box) => box.height <= LEAF_HEIGHT))
            expect(apart(name, x + width / 2, y + height / 2, width, height), name.words).toBe(true);
          for (const other of names.slice(place + 1))
            expect(apart(name, other.x, other.y, other.width, other.height), name.words).toBe(true);
        }
      }
    },
  );

  it('find a place for most of what can come next', () => {
    let [lit, named] = [0, 0];
    for (const chart of charts) {
      const layout = layOutChart(chart, 1.8, null);
      for (const { id } of chart.states) {
        const ways = waysOf(chart, layout, activeStates(id));
        lit += ways.filter((way) => way.lit).length;
        named += placeNames(ways, layout).length;
      }
    }
    expect(named / lit).toBeGreaterThan(0.9);
  });
});
