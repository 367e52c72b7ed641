import type { SearchCandidate, SearchResult } from '@faultline/metrics';
import { listed, printable, wrapped } from './display.ts';
import { count, duration, percent, plural, shareInterval } from './figures.ts';
import { spelled } from './glyphs.ts';
import { section } from './section.ts';
import { goalTitles } from './study-goals.ts';
import { type TextStyle, textStyle } from './style.ts';
import { table } from './table.ts';

/** Candidates that are shown; the rest is in the results. */
const SHOWN_MAX = 40;

/** A search as text, without a line break at the end. */
export function searchReport(result: SearchResult, style: Partial<TextStyle> = {}): string {
  const full = textStyle(style);
  const { candidates } = result;
  const lines = [
    `${full.palette.heading(printable(result.study))}  ${full.palette.faint(`seed ${printable(result.seed)}, ${plural(result.trials, 'trial')} over ${plural(candidates.length, 'configuration')}`)}`,
    ...wrapped(result.summary, full.width),
    ...section('What is the cheapest that meets the objectives?', wrapped(searchAnswer(result), full.width), full),
    ...section(
      'What stands in the way?',
      limitSentences(result).flatMap((text) => listed(text, full.width)),
      full,
    ),
    ...section(
      'What nearly does?',
      nearMissSentences(result).flatMap((text) => listed(text, full.width)),
      full,
    ),
    ...section('What was tried?', candidateLines(result, full), full),
    ...wrapped(searchNote(result), full.width).map(full.palette.faint),
  ];
  return spelled(lines.join('\n'), full.glyphs);
}

const nameOf = (candidate: SearchCandidate | undefined): string =>
  candidate === undefined || candidate.label === '' ? 'the scenario as it is' : candidate.label;

/** The objectives in words. */
const goals = ({ objectives }: SearchResult): string => goalTitles(objectives).join(', ');

/** The answer in a few sentences. */
export function searchAnswer(result: SearchResult): string {
  const { candidates, winner, outcome, share, confidence, best } = result;
  const goal = `${goals(result)} in at least ${percent(share)} of the failovers`;
  if (winner !== null) {
    const { cost, met } = candidates[winner] as SearchCandidate;
    return `${nameOf(candidates[winner])}, at a cost of ${cost}. It meets the objectives (${goal}) with a probability of at least ${percent(met.low ?? 0)} at ${percent(confidence)} confidence, and was seen to in ${percent(met.value)} of its trials. ${winner === 0 ? 'Nothing is cheaper' : 'Everything cheaper was ruled out'}.`;
  }
  const { met } = candidates[best] as SearchCandidate;
  const found = `The best found is ${nameOf(candidates[best])}, with ${percent(met.value)}.`;
  return outcome === 'none'
    ? `None of ${plural(candidates.length, 'configuration')} meets the objectives (${goal}). ${found}`
    : `Not decided: after all trials, ${plural(candidates.filter(({ verdict }) => verdict === 'open').length, 'configuration is', 'configurations are')} neither proved to meet the objectives (${goal}) nor ruled out. More trials decide (--trials). ${found}`;
}

/** What keeps the best one from meeting the objectives more often. */
export function limitSentences({ limit, objectives, share, outcome }: SearchResult): readonly string[] {
  if (limit === null || outcome === 'found') return [];
  const longest = limit.phases[0];
  const acts = { provider: 'the provider, which no client setting shortens', customer: 'the customer', shared: 'both' };
  const who = longest?.actor == null ? 'nobody' : (acts[longest.actor as keyof typeof acts] ?? longest.actor);
  return [
    ...(objectives.rtoUs === null
      ? []
      : [
          limit.recoveryUs === Number.POSITIVE_INFINITY
            ? `In more than ${percent(1 - share)} of the trials it is not back before the run ends; asked for is ${duration(objectives.rtoUs)}.`
            : `It is back within ${duration(limit.recoveryUs)} in ${percent(share)} of the trials; asked for is ${duration(objectives.rtoUs)}.`,
        ]),
    ...(longest === undefined
      ? []
      : [
          `In the trials that miss, the longest phase is ${longest.phase}: ${duration(Math.round(longest.meanUs))} on average. There acts ${who}.`,
        ]),
    ...(limit.providerAlone === null
      ? []
      : [
          `The provider's own phases took longer than the objective in ${shareInterval(limit.providerAlone)} of the trials: no client meets it there.`,
        ]),
    ...(limit.losses === null || limit.losses.value === 0
      ? []
      : [
          `Too many writes were lost in ${shareInterval(limit.losses)} of the trials; that is the deployment's doing, not the client's.`,
        ]),
  ];
}

/** Each near miss, and what would have to change. */
export function nearMissSentences({ nearMisses, candidates, share }: SearchResult): readonly string[] {
  return nearMisses.map(({ candidate, change }) => {
    const one = candidates[candidate] as SearchCandidate;
    const what =
      change === null
        ? 'no change of one factor alone is known to do'
        : `${change.factor}=${change.to} in place of ${change.from} would do, at a cost of ${signed(change.extraCost)}`;
    return `${nameOf(one)} (cost ${one.cost}) meets them in ${percent(one.met.value)} where ${percent(share)} is asked for: ${what}.`;
  });
}

const signed = (value: number): string => (value < 0 ? `${value}` : `${value} more`);

/** Rows of the table of candidates, for text and page. */
export function candidateRows({ candidates, winner }: SearchResult): readonly (readonly string[])[] {
  return candidates.map((one, index) => [
    nameOf(one),
    String(one.cost),
    index === winner ? 'CHEAPEST' : one.verdict,
    shareInterval(one.met),
    count(one.trials),
  ]);
}

function candidateLines(result: SearchResult, { width, palette }: TextStyle): readonly string[] {
  const right = 'right' as const;
  const columns = [
    { title: '', wraps: true },
    { title: 'cost', align: right },
    { title: 'verdict' },
    { title: 'met', align: right },
    { title: 'trials', align: right },
  ];
  const rows = candidateRows(result);
  const hidden = rows.length - SHOWN_MAX;
  return [
    ...table(columns, rows.slice(0, SHOWN_MAX), { width, paintTitle: palette.faint }),
    ...(hidden > 0 ? [palette.faint(`${plural(hidden, 'more configuration')} in the results (--json).`)] : []),
  ];
}

/** How to read the bounds. */
export function searchNote({ confidence }: SearchResult): string {
  return `All configurations share their random numbers. The bounds are exact and hold for all of them and all looks together with ${percent(confidence)}. Met: share of the trials that met all objectives. Misses: ruled out. Dearer: costs as much as one that meets, or more, and was looked at no further.`;
}
