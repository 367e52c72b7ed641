import { Agenda, AgendaClock, RandomStreams, sampler } from '@faultline/clock';
import { type ChartLayout, type Command, type DeploymentKind, type Fact, kinds } from '@faultline/models';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, createMachine, emit, log, setup } from 'xstate';
import { layoutsOf } from '../testing/chart-layouts.ts';
import type { ChartExecution, ChartExecutor } from './chart-execution.ts';
import { executeCompiled } from './compiled-chart.ts';
import { interpretChart } from './interpreted-chart.ts';

/** A chart on a clock of its own, with all that it orders and every delay that it sets, in one line of history. */
class Bench {
  readonly agenda = new Agenda();
  readonly history: unknown[] = [];
  readonly #chart: ChartExecution;

  constructor(executor: ChartExecutor, machine: DeploymentKind['machine'], input: unknown) {
    const clock = new AgendaClock(this.agenda, () => this.#look());
    const emit = (command: Command) => this.history.push([this.agenda.nowUs, command]);
    this.#chart = executor(machine, { id: 'bench', input, clock, emit });
    this.#chart.start();
    this.#look();
    this.#pending = () => clock.pending;
  }

  #pending = (): number => 0;

  tell(fact: Fact): void {
    this.history.push(this.#chart.accepts(fact));
    this.#chart.send(fact);
    this.#look();
    this.history.push(this.#pending());
  }

  pass(us: number): void {
    this.agenda.runUntil(this.agenda.nowUs + us);
    this.history.push(this.#pending());
  }

  #look(): void {
    this.history.push([this.agenda.nowUs, this.#chart.configuration, this.#chart.contextNow()]);
  }
}

/** What may happen to a chart: a fact of its own, about some node, or some time that passes. */
type Happening =
  | { readonly what: 'fact'; readonly type: string; readonly detail: Readonly<Record<string, unknown>> }
  | { readonly what: 'time'; readonly share: number };

function happenings(kind: DeploymentKind, layout: ChartLayout): fc.Arbitrary<readonly Happening[]> {
  const own = kind.machine.events.filter((event) => !event.startsWith('xstate.'));
  const nodes = layout.nodes;
  const fact = fc.record({
    what: fc.constant('fact' as const),
    type: fc.constantFrom(...own, 'A_FACT_OF_NO_CHART'),
    detail: fc.record({
      node: fc.constantFrom(...nodes),
      running: fc.boolean(),
      step: fc.constantFrom('restore', ...Object.keys(kind.operatorSteps)),
      endpoint: fc.constantFrom('instance', 'writer', 'cluster', 'reader'),
      nodes: fc.subarray([...nodes]),
      reachedBy: fc.subarray([...nodes]),
      newest: fc.constantFrom(null, ...nodes),
      leastBehind: fc.constantFrom(null, ...nodes),
      segment: fc.constantFrom('s1', 's2'),
      protectionGroup: fc.nat(1),
    }),
  });
  // From a share of a second to hours: every delay of every chart passes in some of them.
  const time = fc.record({ what: fc.constant('time' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) });
  return fc.array(fc.oneof({ weight: 3, arbitrary: fact }, { weight: 2, arbitrary: time }), { maxLength: 40 });
}

function live(kind: DeploymentKind, layout: ChartLayout, executor: ChartExecutor, steps: readonly Happening[]) {
  const bench = new Bench(executor, kind.machine, layout.input);
  const streams = new RandomStreams('7');
  for (const step of steps) {
    try {
      if (step.what === 'time') bench.pass(Math.round(10 ** (4 + 6 * step.share)));
      else bench.tell({ ...step.detail, type: step.type, timings: drawn(kind, streams) });
    } catch (error) {
      // Facts that no world would tell in this order may ask for a delay before it was drawn: both refuse.
      return [...bench.history, String(error)];
    }
  }
  return bench.history;
}

function drawn(kind: DeploymentKind, streams: RandomStreams): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(kind.timings).map(([name, { distribution }]) => [
      `${name}Ms`,
      sampler(distribution)(streams.stream(name)) / 1_000,
    ]),
  );
}

describe.each(layoutsOf(kinds))('a compiled chart of $kind.id ($name)', ({ kind, layout }) => {
  it("goes the same way as under XState's own interpreter, whatever happens", () => {
    fc.assert(
      fc.property(happenings(kind, layout), (steps) => {
        expect(live(kind, layout, executeCompiled, steps)).toEqual(live(kind, layout, interpretChart, steps));
      }),
      { seed: 53, numRuns: 150 },
    );
  });
});

describe('a compiled chart', () => {
  const machine = setup({
    types: { context: {} as { steps: number }, emitted: {} as { type: string } },
    actions: {
      count: assign({ steps: ({ context }) => context.steps + 1 }),
      say: emit((_, { word }: { word: string }) => ({ type: word })),
    },
  }).createMachine({
    context: { steps: 0 },
    type: 'parallel',
    states: {
      left: {
        initial: 'a',
        exit: { type: 'say', params: { word: 'LEFT_EXIT' } },
        states: {
          a: {
            entry: { type: 'say', params: { word: 'A_ENTRY' } },
            exit: { type: 'say', params: { word: 'A_EXIT' } },
            on: { BOTH: 'b', INNER: { target: 'a', reenter: true }, QUIET: { actions: 'count' } },
          },
          b: {
            entry: { type: 'say', params: { word: 'B_ENTRY' } },
            always: { guard: ({ context }) => context.steps > 1, target: 'a' },
          },
        },
      },
      right: {
        initial: 'c',
        on: { BOTH: { target: '.d', actions: 'count' }, OUTER: { target: 'right', reenter: true } },
        states: {
          c: { exit: { type: 'say', params: { word: 'C_EXIT' } } },
          d: {
            initial: 'deep',
            always: { guard: ({ context }) => context.steps > 2, target: 'c' },
            states: { deep: { on: { BOTH: { target: '#(machine).left.b', actions: 'count' } } } },
          },
        },
      },
    },
  });

  it('leaves, acts and enters in the order of XState, where regions meet', () => {
    const facts = fc.array(fc.constantFrom('BOTH', 'INNER', 'OUTER', 'QUIET'), { maxLength: 12 });
    fc.assert(
      fc.property(facts, (types) => {
        const [own, theirs] = [executeCompiled, interpretChart].map((executor) => {
          const bench = new Bench(executor, machine, undefined);
          for (const type of types) bench.tell({ type, timings: {} });
          return bench.history;
        });
        expect(own).toEqual(theirs);
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it('calls the functions of those who watch it with what XState calls them with', () => {
    const watched = (seen: unknown[]) =>
      createMachine({
        context: { steps: 0 },
        entry: ({ context }) => seen.push(['entered', context]),
        on: {
          GO: {
            actions: [
              ({ context, event }) => seen.push(['before', context, event]),
              assign({ steps: ({ context }) => context.steps + 1 }),
              { type: 'after', params: { word: 'after' } },
            ],
          },
        },
      }).provide({ actions: { after: ({ context }, params) => seen.push([params, context]) } });
    const [own, theirs] = [executeCompiled, interpretChart].map((executor) => {
      const seen: unknown[] = [];
      const bench = new Bench(executor, watched(seen), undefined);
      for (let facts = 0; facts < 3; facts++) bench.tell({ type: 'GO', timings: {} });
      return seen;
    });
    expect(own).toHaveLength(7);
    expect(own).toEqual(theirs);
  });

  it.each([
    ['a final state', createMachine({ initial: 'a', states: { a: { type: 'final' } } }), 'final'],
    ['history', createMachine({ initial: 'a', states: { a: {}, h: { type: 'history' } } }), 'history'],
    ['a wildcard', createMachine({ initial: 'a', states: { a: { on: { '*': 'b' } }, b: {} } }), 'wildcard'],
    ['an action of another sort', createMachine({ entry: log('here') }), 'has no place here'],
  ])('refuses %s rather than run it differently', (_, unusual, found) => {
    expect(() => new Bench(executeCompiled, unusual, undefined)).toThrow(found);
  });

  it('refuses a delay that was never drawn, as the clock does', () => {
    const undrawn = createMachine({ initial: 'a', states: { a: { after: { never: 'b' } }, b: {} } }).provide({
      delays: { never: () => Number.NaN },
    });
    expect(() => new Bench(executeCompiled, undrawn, undefined)).toThrow('delay must be a number of milliseconds');
  });
});
