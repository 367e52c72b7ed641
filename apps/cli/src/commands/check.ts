import { DurationError, parseDuration } from '@faultline/clock';
import { kinds } from '@faultline/models';
import { type Command, Option } from 'commander';
import { oneOf, wholeNumber } from '../arguments.ts';
import { checkInvariants, checkPlan } from '../check/check-plan.ts';
import { checkReport } from '../check/check-report.ts';
import { runCheck } from '../check/check-search.ts';
import { CommandError, EXIT } from '../exit-codes.ts';
import { outputStyle, print, printJson } from '../output.ts';
import { checkedSeed, readScenario } from '../scenario-file.ts';

const RUNS_MAX = 100_000_000;
const RUNS_DEFAULT = 1_000;

interface CheckOptions {
  readonly kind?: string;
  readonly runs?: string;
  readonly time?: string;
  readonly seed: string;
  readonly invariant?: string;
  readonly out: string;
  readonly json?: boolean;
}

export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .summary('look for a run that breaks a promise')
    .description(
      'Runs random topologies, workloads and fault schedules of every deployment kind and holds every invariant against every run. With a scenario: first the scenario as it is, then its topology and workload under random faults. The first run that breaks a promise is made as small as it can be, and written as a scenario with its trace and its story.\n\nThe same seed makes the same runs and finds the same counterexample.\n\nExit code: 0 no run broke a promise, 1 one did, 2 time ran out before a single run was over.',
    )
    .argument('[scenario]', 'a scenario, YAML, to vary instead of random ones')
    .addOption(new Option('--kind <kind>', 'one deployment kind (default: all)'))
    .option('--runs <number>', `runs at the most (default: ${RUNS_DEFAULT}, or no limit with --time)`)
    .option('--time <duration>', 'begin no further run after this long, e.g. 30s or 8h')
    .addOption(new Option('--seed <seed>', 'seed of the search').env('FAULTLINE_SEED').default('7'))
    .option('--invariant <name>', 'hold only this one (default: all that apply)')
    .option('--out <folder>', 'where a counterexample goes', 'out')
    .option('--json', 'one JSON document on standard output')
    .action(check);
}

function check(file: string | undefined, options: CheckOptions): void {
  if (file !== undefined && options.kind !== undefined)
    throw new CommandError('--kind: found a scenario as well, expected one of the two', EXIT.usage);
  const scenario = file === undefined ? null : readScenario(file, undefined);
  const tested = options.kind === undefined ? [...kinds.values()] : [oneOf('--kind', options.kind, kinds)];
  const limits = limitsOf(options);
  const invariants = checkInvariants(options.invariant);
  const plan = checkPlan(tested, scenario, checkedSeed(options.seed), invariants);
  const result = runCheck(plan, { ...limits, out: options.out });
  const again = ['faultline check', file, flag('--kind', options.kind), `--runs ${result.runs}`];
  const replay = [...again, `--seed ${options.seed}`, flag('--invariant', options.invariant)].filter(Boolean).join(' ');
  if (options.json) printJson({ ...result, replay });
  else {
    print(checkReport(result, outputStyle()));
    print(`\nseed=${options.seed} runs=${result.runs} replay: ${result.counterexample?.replay ?? replay}`);
  }
  process.exitCode = result.counterexample ? EXIT.violated : result.runs === 0 ? EXIT.inconclusive : EXIT.ok;
}

function flag(name: string, value: string | undefined): string {
  return value === undefined ? '' : `${name} ${value}`;
}

function limitsOf({ runs, time }: CheckOptions): { readonly runsMax: number; readonly timeMs: number } {
  const timeMs = time === undefined ? Number.POSITIVE_INFINITY : durationMs(time);
  if (runs !== undefined) return { runsMax: wholeNumber('--runs', runs, 1, RUNS_MAX), timeMs };
  return { runsMax: time === undefined ? RUNS_DEFAULT : RUNS_MAX, timeMs };
}

function durationMs(text: string): number {
  try {
    return parseDuration(text) / 1_000;
  } catch (error) {
    if (!(error instanceof DurationError)) throw error;
    throw new CommandError(
      `--time: found ${JSON.stringify(text)}, expected a duration with its unit, for example --time 30s`,
      EXIT.usage,
    );
  }
}
