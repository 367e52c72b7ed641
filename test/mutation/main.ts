import { kinds } from '@faultline/models';
import type { Verdict } from './hunt.ts';
import { huntInSteps } from './hunters.ts';
import { mutantsOf } from './mutate.ts';
import { sampled } from './sample.ts';

/** Mutants of a kind that are hunted unless more are asked for. */
const SAMPLE = 60;

type Told = Verdict | { readonly by: 'running on'; readonly name: string };

/**
 * Breaks the chart of each kind, one place at a time, and counts the mutants that somebody notices. Names those that
 * nobody does. Arguments: kinds (all of them without), and `--sample N` or `--all`.
 */
async function main(words: readonly string[]): Promise<number> {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const at = words.indexOf('--sample');
  const size = words.includes('--all') ? Number.POSITIVE_INFINITY : at === -1 ? SAMPLE : Number(words[at + 1]);
  const wanted = words.filter((word, place) => !word.startsWith('--') && (at === -1 || place !== at + 1));
  const unknown = wanted.filter((id) => !kinds.has(id));
  if (unknown.length > 0 || !(size > 0)) {
    process.stderr.write(`expected kinds (${[...kinds.keys()].join(', ')}), --sample with a number, or --all\n`);
    return 64;
  }
  let [caughtInAll, huntedInAll] = [0, 0];
  for (const kind of kinds.values()) {
    if (wanted.length > 0 && !wanted.includes(kind.id)) continue;
    const mutants = mutantsOf(kind);
    const chosen = sampled(mutants.length, size);
    const verdicts: Told[] = [];
    for await (const { index, verdict } of huntInSteps(kind.id, chosen)) {
      verdicts.push(verdict);
      if (verdict === null) print(`  survived  ${kind.id}  ${mutants[index]?.name}`);
    }
    const by = (who: string) => verdicts.filter((verdict) => verdict?.by === who).length;
    const caught = verdicts.filter((verdict) => verdict !== null).length;
    const whom = ['invariant', 'recorded result', 'exploration', 'running on'].map((who) => `${by(who)} by ${who}`);
    const of = `${chosen.length} of its ${mutants.length} mutants hunted`;
    print(`${kind.id}: ${percent(caught, chosen.length)} caught (${whom.join(', ')}; ${of})`);
    caughtInAll += caught;
    huntedInAll += chosen.length;
  }
  print(`in all: ${caughtInAll} of ${huntedInAll} mutants caught, ${percent(caughtInAll, huntedInAll)}`);
  return 0;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
}

process.exitCode = await main(process.argv.slice(2));
