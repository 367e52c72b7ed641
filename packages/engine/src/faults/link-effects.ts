import type { FaultSpec } from '@faultline/scenario';
import { type Disturbance, isAt } from '../network/network.ts';
import type { Site } from '../network/site.ts';
import type { World } from '../world.ts';
import type { Effect } from './effect.ts';

type Manner = Omit<Disturbance, 'touches'>;

/** What one end of a link means now: a place, a cohort, or the node that has a role. */
function ends(world: World, end: string): (site: Site) => boolean {
  const [name, part] = end.split('.', 2) as [string, string | undefined];
  if (part === undefined) return (site) => isAt(site, end);
  const sites = world
    .database(name)
    .nodesNamed(part)
    .map((node) => node.site);
  return (site) => sites.includes(site);
}

function onLink(manner: (fault: FaultSpec, nowUs: number) => Manner): Effect {
  return {
    prepare(world, fault) {
      const { target } = fault;
      if (target.on !== 'link') return { resolved: [], apply: () => null };
      const isFrom = ends(world, target.from);
      const isTo = ends(world, target.to);
      const touches = (from: Site, to: Site) =>
        (isFrom(from) && isTo(to)) || (!target.oneWay && isTo(from) && isFrom(to));
      return {
        resolved: [target.from, target.to],
        apply: () => world.network.disturb({ touches, ...manner(fault, world.nowUs) }),
      };
    },
  };
}

export const linkEffects: Readonly<Record<string, Effect>> = {
  'link-cut': onLink(() => ({ blocks: true })),
  'link-slow': onLink(({ options }) => ({ slowdown: Number(options.factor) })),
  'link-loss': onLink(({ options, forUs }, nowUs) => ({
    lossProbability: Number(options.probability),
    lossEndsAtUs: nowUs + (forUs ?? Number.POSITIVE_INFINITY),
  })),
};
