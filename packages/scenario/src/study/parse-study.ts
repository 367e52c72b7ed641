import type { DeploymentKind } from '@faultline/models';
import { deepFreeze } from '../freeze.ts';
import { contradict, mapping, openMapping, optional, readNamed } from '../mapping.ts';
import { prose, scenarioName, seed } from '../names.ts';
import { parseScenario } from '../parse.ts';
import type { Problem } from '../problem.ts';
import { duration, wholeNumber } from '../quantities.ts';
import { derive, type Reader, Refusal, word } from '../reader.ts';
import { Report } from '../report.ts';
import { isOtherKind, type Value } from '../value.ts';
import { readYamlDocument } from '../yaml-document.ts';
import { EMPTY_FILE } from '../yaml-tokens.ts';
import { availabilitySection, withCells } from './availability-reader.ts';
import { checkFactors } from './factor-checks.ts';
import { type ReadFactor, readFactor } from './factor-reader.ts';
import { type Base, readGrid } from './grid.ts';
import { MOST_TRIALS, precision } from './precision.ts';
import { checkRare, rareSection } from './rare-reader.ts';
import { DEFAULT_SHARE, searchSection } from './search-reader.ts';
import { checkSearchable, type StudyPurpose } from './searchable.ts';
import type { Study } from './study.ts';

/**
 * A study, or what is wrong with it. Mistakes of the base scenario by itself come as its own problems, with its file
 * and `text`.
 */
export type StudyParseResult =
  | { readonly ok: true; readonly study: Study }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly text: string };

/** The text of the file that `scenario:` names, relative to the study; null when it cannot be read. */
export type BaseReader = (path: string) => Base | null;

const KEYS = [
  'study',
  'summary',
  'scenario',
  'seed',
  'trials',
  'precision',
  'objectives',
  'factors',
  'rare',
  'availability',
  'search',
];
const SHAPE = { expects: 'a mapping that begins with `study`', example: 'study: my-first-study' };
const DEFAULT_TRIALS = 1_000;

/**
 * Reads the text of a study file and of the scenario that it varies. Never throws, whatever the text.
 *
 * @param purpose A search asks for more than a grid: objectives, and costs.
 */
export function parseStudy(
  text: string,
  file: string,
  readBase: BaseReader,
  kinds: ReadonlyMap<string, DeploymentKind>,
  purpose: StudyPurpose = 'grid',
): StudyParseResult {
  const report = new Report();
  const syntax = new Report();
  const root = readYamlDocument(text, syntax);
  syntax.forward(report, (complaint) =>
    complaint.found === EMPTY_FILE ? { ...complaint, expected: 'a study', write: SHAPE.example } : complaint,
  );
  const read = root === undefined ? undefined : readStudy(root, report, readBase, kinds, purpose);
  if (read !== undefined && 'problems' in read) return { ok: false, ...read };
  if (report.count > 0) return { ok: false, problems: report.problems(file, text), text };
  if (read === undefined) throw new Error('A reader refused a value without saying why.');
  return { ok: true, study: deepFreeze(read) };
}

const trialCount = wholeNumber(1, MOST_TRIALS, DEFAULT_TRIALS);

const objectives = derive(
  mapping('a mapping with rto and rpo', {
    rto: optional(duration({ example: '60s' }), null),
    rpo: optional(duration({ example: '0s' }), null),
  }),
  ({ rto, rpo }) => ({ rtoUs: rto, rpoUs: rpo }),
);

type BaseProblems = { readonly problems: readonly Problem[]; readonly text: string };

function readStudy(
  value: Value,
  report: Report,
  readBase: BaseReader,
  kinds: ReadonlyMap<string, DeploymentKind>,
  purpose: StudyPurpose,
): Study | BaseProblems | undefined {
  if (isOtherKind(value, 'study', 'topology')) {
    report.add(value.at, () => ({
      found: 'a scenario, not a study of one',
      expected: 'a study, which names the scenario that it varies; a scenario by itself is for `faultline run`',
      write: 'study: my-first-study\nscenario: this-file.yaml\nseed: 7',
    }));
    return undefined;
  }
  const keys = openMapping(value, report, SHAPE, KEYS);
  if (keys === undefined) return undefined;
  const name = keys.required('study', scenarioName);
  const summary = keys.optional('summary', prose, '');
  const base = keys.required('scenario', baseReader(readBase));
  const seedText = keys.required('seed', seed);
  const trials = keys.optional('trials', trialCount, DEFAULT_TRIALS);
  const wanted = keys.optional('precision', precision, null);
  const goals = keys.optional('objectives', objectives, { rtoUs: null, rpoUs: null });
  const factors = keys.optional('factors', factorList, []);
  const rare = keys.optional('rare', rareSection, null);
  const years = keys.optional('availability', availabilitySection, null);
  const search = keys.optional('search', searchSection, { share: DEFAULT_SHARE });
  if (base === undefined) return undefined;
  const parsed = parseScenario(base.text, base.file, kinds);
  if (!parsed.ok) return { problems: parsed.problems, text: base.text };
  if (factors === undefined) return undefined;
  const before = report.count;
  checkFactors(factors, report);
  if (purpose === 'search' && goals !== undefined) checkSearchable(keys.value, goals, factors, report);
  if (report.count > before) return undefined;
  const cells = readGrid(factors, base, value.at, report, kinds);
  if (name === undefined || summary === undefined || seedText === undefined || cells === undefined) return undefined;
  if (trials === undefined || wanted === undefined || goals === undefined) return undefined;
  if (rare === undefined || years === undefined || search === undefined) return undefined;
  if (rare !== null) checkRare(keys.value.entries.get('rare') as Value, rare, cells, report);
  const availability = years === null ? null : withCells(years, factors, base, cells, report, kinds);
  if (availability === undefined) return undefined;
  const described = factors.map(({ levels, ...rest }) => ({ ...rest, levels: levels.map(({ label }) => label) }));
  const asked = { trials, precision: wanted, objectives: goals, rare, availability, search };
  return { name, summary, seed: seedText, ...asked, factors: described, cells };
}

function baseReader(readBase: BaseReader): Reader<Base> {
  return word('the path of a scenario file, relative to this one', 'host-failure.yaml', (value) => {
    if (value.type !== 'text') return new Refusal();
    return readBase(value.text) ?? new Refusal(() => ({ found: `\`${value.text}\`, which cannot be read` }));
  });
}

const FACTORS_SHAPE = {
  expects: 'factors by name',
  example: '{ dns-cache: { path: topology.clients.checkout.dnsCache, values: [ttl, 30s] } }',
};

const factorList: Reader<readonly ReadFactor[]> = {
  ...FACTORS_SHAPE,
  read(value, report) {
    if (value.type === 'mapping' && value.entries.size === 0) {
      const expected = 'at least one factor; without `factors` a study has one cell, the scenario as it is';
      return contradict(value, report, 'an empty grid', expected, FACTORS_SHAPE.example);
    }
    const named = readNamed(value, report, FACTORS_SHAPE, (name, entry) => readFactor(name, entry, report));
    const factors = [...(named?.values() ?? [])];
    if (named === undefined || factors.some((factor) => factor === null)) return undefined;
    return factors as readonly ReadFactor[];
  },
};
