import type { Effect } from './effect.ts';
import { linkEffects } from './link-effects.ts';
import { nodeEffects } from './node-effects.ts';
import { placeEffects } from './place-effects.ts';
import { serviceEffects } from './service-effects.ts';

/** What each cause of the catalogue does to the world. */
export const effects: Readonly<Record<string, Effect>> = {
  ...nodeEffects,
  ...placeEffects,
  ...linkEffects,
  ...serviceEffects,
};
