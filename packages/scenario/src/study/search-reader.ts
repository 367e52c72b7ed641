import { mapping, optional } from '../mapping.ts';
import { derive, type Reader, Refusal, word } from '../reader.ts';
import type { SearchSpec } from './study.ts';

/** `99%`, `99.9%` */
const share = word('a share in percent, from 1% to 99.99%', '95%', (value) => {
  const [, digits] = (value.type === 'text' && /^(\d{1,2}(?:\.\d{1,2})?)%$/.exec(value.text)) || [];
  const part = Number(digits) / 100;
  return part >= 0.01 && part <= 0.9999 ? part : new Refusal();
});

/** In what share of the failovers the objectives have to be met, where the file does not say. */
export const DEFAULT_SHARE = 0.95;

/** The `search` section: what `--search` looks for. */
export const searchSection: Reader<SearchSpec> = derive(
  mapping('a mapping with share', { share: optional(share, DEFAULT_SHARE) }),
  (parts) => parts,
);
