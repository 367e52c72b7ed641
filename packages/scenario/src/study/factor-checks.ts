import type { Report } from '../report.ts';
import { placeOf } from '../value.ts';
import { quote } from '../wording.ts';
import type { ReadFactor, Setting } from './factor-reader.ts';

/** Reports levels and factors that would look as if something was varied where nothing is. */
export function checkFactors(factors: readonly ReadFactor[], report: Report): void {
  for (const [index, factor] of factors.entries()) {
    checkLevels(factor, report);
    for (const setting of factor.levels.flatMap(({ settings }) => settings)) {
      if (setting.path.length === 1 && setting.path[0] === 'seed') refuseSeed(setting, report);
      const hidden = factors.slice(0, index).find((earlier) => hides(setting, earlier));
      if (hidden !== undefined) refuseHiding(setting, hidden, report);
    }
  }
}

function checkLevels({ levels }: ReadFactor, report: Report): void {
  const known = new Set<string>();
  for (const { settings, label, at } of levels) {
    const said = JSON.stringify(settings.map(({ path, value }) => [path, value]));
    if (known.has(said))
      report.add(placeOf(at), () => ({
        found: `the level ${quote(label)} a second time`,
        expected: 'levels that differ: equal ones have equal trials',
        write: 'values: [ttl, 30s]',
      }));
    known.add(said);
  }
}

function refuseSeed({ pathAt }: Setting, report: Report): void {
  report.add(pathAt, () => ({
    found: 'the path `seed`, which no trial reads',
    expected: 'another path: trial 1 of every cell runs under the seed of the study and `.1`, and so on',
    write: 'path: topology.clients.checkout.dnsCache',
  }));
}

/** Whether a setting puts something in the place of all that a factor before it says. */
function hides({ path }: Setting, { levels }: ReadFactor): boolean {
  return levels.some(({ settings }) =>
    settings.some((earlier) => path.every((key, depth) => earlier.path[depth] === key)),
  );
}

function refuseHiding({ path, pathAt }: Setting, { name }: ReadFactor, report: Report): void {
  report.add(pathAt, () => ({
    found: `the path ${quote(path.join('.'))}, which overwrites what the factor ${quote(name)} sets`,
    expected: 'paths that leave each other alone; where one holds the other, the factor with the shorter path first',
    write: 'path: topology.clients.checkout.driver.connectTimeout',
  }));
}
