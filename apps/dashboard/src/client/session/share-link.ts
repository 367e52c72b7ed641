import { type ClientMessageOf, clientMessage } from '../../protocol/client-messages.ts';
import { SCENARIO_BYTES_MAX } from '../../protocol/limits.ts';
import type { Lane, Model } from './model.ts';
import { packText, unpackText } from './packed-text.ts';
import type { Opening } from './session.ts';

/** Longest address that browsers, mailers and chats take whole. */
export const LINK_MAX = 8_000;

/** What an address asks for: a run, a race, or nothing; or what is wrong with it. */
export type Asked =
  | { readonly opening: Opening | null }
  | { readonly race: Omit<ClientMessageOf<'race'>, 'type'> }
  | { readonly broken: string };

/**
 * What the address of the page asks for: `#scenario=…&seed=…&at=…`; in place of a name `yaml=` with a scenario, or
 * `packed=` with one that is compressed. Or a race: `#race=KIND,KIND&fault=…&trials=…&seed=…`. Nothing else is taken
 * from it.
 */
export async function askedBy(fragment: string): Promise<Asked> {
  const asked = new URLSearchParams(fragment.replace(/^#/, ''));
  const racers = asked.get('race');
  if (racers !== null) return askedRace(racers.split(','), asked);
  const [name, plain, packed] = [asked.get('scenario'), asked.get('yaml'), asked.get('packed')];
  const unpacked = packed === null ? null : await unpackText(packed, SCENARIO_BYTES_MAX);
  if (packed !== null && unpacked === null)
    return {
      broken: 'The scenario in this link cannot be read: part of the link is missing. Ask for it again, or for a file.',
    };
  const yaml = unpacked ?? plain;
  if (name === null && yaml === null) return { opening: null };
  const [seed, at] = [asked.get('seed'), asked.get('at')];
  const atUs = at === null ? Number.NaN : Math.round(Number(at) * 1_000_000);
  return {
    opening: {
      ...(yaml === null ? { name: name ?? '' } : { yaml }),
      ...(seed === null || seed === '' ? {} : { seed }),
      ...(Number.isSafeInteger(atUs) && atUs >= 0 ? { atUs, paused: true } : {}),
    },
  };
}

function askedRace(kinds: readonly string[], asked: URLSearchParams): Asked {
  const [fault, seed, trials] = [asked.get('fault'), asked.get('seed'), Number(asked.get('trials') ?? 0)];
  const race = clientMessage.safeParse({
    type: 'race',
    kinds,
    fault,
    trials,
    ...(seed === null || seed === '' ? {} : { seed }),
  });
  if (race.success && race.data.type === 'race') {
    const { type: _, ...rest } = race.data;
    return { race: rest };
  }
  return { broken: 'The race in this link cannot be read: part of the link is missing. Ask for it again.' };
}

/** The address of the present scenario, seed and instant, or of the race; null without one. It may be longer than `LINK_MAX`. */
export async function shareLink(model: Model, atUs: number): Promise<string | null> {
  const lane = model.lanes[0];
  if (lane === undefined) return null;
  const said = new URLSearchParams(await nameOf(model, lane));
  said.set('seed', lane.header.seed);
  if (model.lanes.length === 1) said.set('at', (atUs / 1_000_000).toFixed(1));
  const { origin, pathname } = window.location;
  return `${origin}${pathname}#${said.toString()}`;
}

async function nameOf({ lanes, race: { plan } }: Model, lane: Lane): Promise<Record<string, string>> {
  if (lanes.length > 1 && plan !== null)
    return { race: plan.kinds.join(','), fault: plan.fault, trials: String(plan.trials) };
  return lane.name === null ? { packed: await packText(lane.yaml) } : { scenario: lane.name };
}
