import type { Model } from './model.ts';
import type { Opening } from './session.ts';

/** Longest scenario that a link carries: browsers and mailers cut longer addresses. */
const YAML_MAX = 6_000;

/** What the address of the page asks for: `#scenario=…&seed=…&at=…`, or `#yaml=…`. Nothing else is taken from it. */
export function openingOf(fragment: string): Opening | null {
  const asked = new URLSearchParams(fragment.replace(/^#/, ''));
  const [name, yaml, seed, at] = [asked.get('scenario'), asked.get('yaml'), asked.get('seed'), asked.get('at')];
  if (name === null && yaml === null) return null;
  const atUs = at === null ? Number.NaN : Math.round(Number(at) * 1_000_000);
  return {
    ...(yaml === null ? { name: name ?? '' } : { yaml }),
    ...(seed === null || seed === '' ? {} : { seed }),
    ...(Number.isSafeInteger(atUs) && atUs >= 0 ? { atUs, paused: true } : {}),
  };
}

/** The address of the present scenario, seed and instant; null when the scenario is too long for one. */
export function shareLink(model: Model, atUs: number): string | null {
  const lane = model.lanes[0];
  if (lane === undefined) return null;
  const changed = lane.name === null || model.catalogue === null;
  if (changed && lane.yaml.length > YAML_MAX) return null;
  const said = new URLSearchParams(changed ? { yaml: lane.yaml } : { scenario: lane.name ?? '' });
  said.set('seed', lane.header.seed);
  said.set('at', (atUs / 1_000_000).toFixed(1));
  const { origin, pathname } = window.location;
  return `${origin}${pathname}#${said.toString()}`;
}
