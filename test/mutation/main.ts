import { equivalents } from './equivalents.ts';
import { type Bag, hunt } from './hunt.ts';
import { sampled } from './sample.ts';
import { type Subject, subjects } from './subjects.ts';

/** Mutants of a subject that are hunted unless more are asked for. */
const SAMPLE = 60;
const SEED = '7';

const USAGE = '--sample with a number, --seed with a text, or --all';

interface Wishes {
  readonly size: number;
  readonly seed: string;
  readonly names: readonly string[];
}

interface Score {
  readonly caught: number;
  readonly hunted: number;
}

/**
 * Breaks charts and checkers, one place at a time, and counts the mutants that the tests notice. Names those that they
 * do not notice. Arguments: subjects (all of them without), `--sample N` or `--all`, and `--seed S`.
 */
async function main(words: readonly string[]): Promise<number> {
  const all = subjects();
  const wishes = wishesOf(words);
  if (!wishes || wishes.names.some((name) => !all.has(name))) {
    process.stderr.write(`expected some of ${[...all.keys()].join(', ')}; ${USAGE}\n`);
    return 64;
  }
  const scores: Score[] = [];
  let wrong = 0;
  for (const [name, subject] of all) {
    if (wishes.names.length > 0 && !wishes.names.includes(name)) continue;
    const { score, noticed } = await scoreOf(subject(), wishes);
    scores.push(score);
    wrong += noticed;
  }
  const sum = (of: keyof Score) => scores.reduce((total, score) => total + score[of], 0);
  print(`in all: ${sum('caught')} of ${sum('hunted')} mutants caught, ${percent(sum('caught'), sum('hunted'))}`);
  return wrong === 0 ? 0 : 1;
}

function wishesOf(words: readonly string[]): Wishes | undefined {
  let [size, seed] = [SAMPLE, SEED];
  const names: string[] = [];
  for (let place = 0; place < words.length; place++) {
    const word = words[place] as string;
    if (word === '--all') size = Number.POSITIVE_INFINITY;
    else if (word === '--sample') size = Number(words[++place]);
    else if (word === '--seed') seed = words[++place] ?? '';
    else names.push(word);
  }
  return size > 0 && seed !== '' ? { size, seed, names } : undefined;
}

/** `noticed` counts equivalent mutants that a test tells from the original all the same. */
async function scoreOf(
  subject: Subject,
  { size, seed }: Wishes,
): Promise<{ readonly score: Score; readonly noticed: number }> {
  const { name, mutants } = subject;
  const chosen = sampled(mutants.length, size, seed);
  const same = new Set(equivalents.filter((one) => one.subject === name).map((one) => one.mutant));
  const isEquivalent = (mutant: number) => same.has(mutants[mutant]?.name ?? '');
  const bag = await hunt(subject, chosen, (line) => process.stderr.write(`${line}\n`));
  const hunted = chosen.filter((mutant) => !isEquivalent(mutant));
  for (const mutant of hunted)
    if (!bag.caught.has(mutant)) print(`  survived  ${name}  ${described(subject, mutant, bag)}`);
  const noticed = chosen.filter((mutant) => isEquivalent(mutant) && bag.caught.has(mutant));
  for (const mutant of noticed)
    print(`  not equivalent  ${name}  ${mutants[mutant]?.name}: noticed by ${bag.caught.get(mutant)?.test}`);
  const caught = hunted.filter((mutant) => bag.caught.has(mutant)).length;
  const of = `${hunted.length} of its ${mutants.length} mutants hunted, ${chosen.length - hunted.length} equivalent ones left out`;
  print(`${name}: ${percent(caught, hunted.length)} caught (${byWhom(subject, bag, hunted)}; ${of})`);
  return { score: { caught, hunted: hunted.length }, noticed: noticed.length };
}

function described({ mutants }: Subject, mutant: number, { untouched }: Bag): string {
  const { name, line } = mutants[mutant] ?? {};
  return `${name}${line === undefined ? '' : `, line ${line}`}${untouched.has(mutant) ? ' (no test comes by)' : ''}`;
}

function byWhom({ hunters }: Subject, { caught }: Bag, hunted: readonly number[]): string {
  const catches = hunted.flatMap((mutant) => caught.get(mutant) ?? []);
  const counts = hunters.map(({ name }) => `${catches.filter(({ hunter }) => hunter === name).length} by ${name}`);
  return [...counts, `${catches.filter(({ ranOn }) => ranOn).length} of them by running on`].join(', ');
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main(process.argv.slice(2));
