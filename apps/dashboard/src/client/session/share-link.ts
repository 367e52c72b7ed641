import { SCENARIO_BYTES_MAX } from '../../protocol/limits.ts';
import type { Model } from './model.ts';
import { packText, unpackText } from './packed-text.ts';
import type { Opening } from './session.ts';

/** Longest address that browsers, mailers and chats take whole. */
export const LINK_MAX = 8_000;

/** What an address asks for, or what is wrong with it. */
export type Asked = { readonly opening: Opening | null } | { readonly broken: string };

/**
 * What the address of the page asks for: `#scenario=…&seed=…&at=…`; in place of a name `yaml=` with a scenario, or
 * `packed=` with one that is compressed. Nothing else is taken from it.
 */
export async function askedBy(fragment: string): Promise<Asked> {
  const asked = new URLSearchParams(fragment.replace(/^#/, ''));
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

/** The address of the present scenario, seed and instant; null without one. It may be longer than `LINK_MAX`. */
export async function shareLink(model: Model, atUs: number): Promise<string | null> {
  const lane = model.lanes[0];
  if (lane === undefined) return null;
  const said = new URLSearchParams(
    lane.name === null ? { packed: await packText(lane.yaml) } : { scenario: lane.name },
  );
  said.set('seed', lane.header.seed);
  said.set('at', (atUs / 1_000_000).toFixed(1));
  const { origin, pathname } = window.location;
  return `${origin}${pathname}#${said.toString()}`;
}
