import type { Actor, Phase } from '@faultline/trace';

/** A time that somebody claims for a phase of a recovery. */
export interface Claim {
  readonly phase: Phase;
  readonly actor: Actor;
  readonly database: string;
  readonly fromUs: number;
  readonly toUs: number;
}

/** Claims cut so that none overlaps another, in order of time. Where two meet, the one that comes first in the list keeps it. */
export function withoutOverlap(claims: readonly Claim[]): readonly Claim[] {
  const kept: Claim[] = [];
  for (const claim of claims) kept.push(...uncovered(claim, kept));
  return kept.sort((a, b) => a.fromUs - b.fromUs);
}

/** The pieces of a claim that none of the others covers. */
function uncovered(claim: Claim, others: readonly Claim[]): readonly Claim[] {
  let pieces = [claim];
  for (const { fromUs, toUs } of others) {
    pieces = pieces.flatMap((piece) => {
      if (toUs <= piece.fromUs || fromUs >= piece.toUs) return [piece];
      return [
        { ...piece, toUs: fromUs },
        { ...piece, fromUs: toUs },
      ].filter((part) => part.toUs > part.fromUs);
    });
  }
  return pieces;
}
