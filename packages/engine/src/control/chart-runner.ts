import { AgendaClock } from '@faultline/clock';
import type { Command, Fact } from '@faultline/models';
import type { CommandRecord, Phase, StateRecord } from '@faultline/trace';
import type { ChartBlueprint } from '../blueprint.ts';
import type { ChartExecution, ChartExecutor, Configuration } from '../charts/chart-execution.ts';
import { Queue } from '../charts/queue.ts';
import { oncePer } from '../once-per.ts';
import type { PlaneContext } from '../replication/plane.ts';
import { type FactTimingsClass, TimingDraws } from './timing-draws.ts';

const PHASE_TAG = 'phase:';

/** The least speed that a clock takes beside standing still: a second lasts eleven days. */
const SLOWEST = 0.000_001;

const NO_DETAIL: CommandRecord['detail'] = {};

type ChartContext = Pick<PlaneContext, 'agenda' | 'database' | 'recorder' | 'streams'>;

/** One running chart: it is told facts, each as an event of the agenda, and its commands are carried out once it has come to rest. */
export class ChartRunner {
  readonly id: string;
  readonly nodes: readonly string[];
  readonly #context: ChartContext;
  readonly #chart: ChartExecution;
  readonly #clock: AgendaClock;
  readonly #execute: (command: Command) => void;
  readonly #draws: TimingDraws;
  readonly #FactTimings: FactTimingsClass;
  /** How many facts it has accepted. */
  #facts = 0;
  readonly #outbox = new Queue<Command>();
  #slowdowns: readonly { readonly share: number }[] = [];
  /** What the last record of its state was made from. */
  #configuration: Configuration | null = null;
  #shown = '';

  constructor(
    context: ChartContext,
    { layout, machine, timings, FactTimings }: ChartBlueprint,
    execute: (command: Command) => void,
    executor: ChartExecutor,
  ) {
    this.id = layout.id;
    this.nodes = layout.nodes;
    this.#context = context;
    this.#execute = execute;
    this.#draws = new TimingDraws(timings, context.streams);
    this.#FactTimings = FactTimings;
    this.#clock = new AgendaClock(context.agenda, () => this.#settle());
    this.#chart = executor(machine, {
      id: layout.id,
      input: layout.input,
      clock: this.#clock,
      emit: (command) => this.#outbox.add(command),
    });
  }

  /** Timed transitions that will fire. */
  get pendingTimers(): number {
    return this.#clock.pending;
  }

  start(): void {
    this.#chart.start();
    this.#settle();
  }

  /**
   * Everything that the control plane has under way goes on at this share of its speed, 0 for not at all, until the
   * returned function is called. Several at a time multiply.
   */
  slowDown(share: number): () => void {
    const one = { share };
    this.#slowdowns = [...this.#slowdowns, one];
    this.#applySpeed();
    return () => {
      this.#slowdowns = this.#slowdowns.filter((other) => other !== one);
      this.#applySpeed();
    };
  }

  get tags(): readonly string[] {
    return this.#chart.configuration.tags;
  }

  /** Tells the chart, in an event of its own at this instant. */
  tell(type: string, detail: Readonly<Record<string, unknown>>): void {
    this.#context.agenda.schedule(0, () => this.#deliver(type, detail));
  }

  #deliver(type: string, detail: Readonly<Record<string, unknown>>): void {
    const { agenda, database, recorder } = this.#context;
    const timings = new this.#FactTimings(this.#draws, this.#facts);
    // `type` comes first because V8 gives an object that grows after a leading spread a hidden class of its own.
    const fact: Fact = { type, timings, ...detail };
    const accepted = this.#chart.accepts(fact);
    recorder.add({
      type: 'fact',
      atUs: agenda.nowUs,
      database,
      fact: type,
      node: typeof detail.node === 'string' ? detail.node : undefined,
      outcome: accepted ? 'accepted' : 'ignored',
      drawnUs: accepted && !recorder.isBrief ? this.#draws.allUs(this.#facts) : undefined,
    });
    if (!accepted) return;
    this.#facts++;
    this.#chart.send(fact);
    this.#settle();
  }

  #applySpeed(): void {
    const speed = this.#slowdowns.reduce((product, { share }) => product * share, 1);
    this.#clock.setSpeed(speed === 0 ? 0 : Math.max(SLOWEST, speed));
  }

  #settle(): void {
    const { configuration } = this.#chart;
    if (configuration !== this.#configuration) this.#recordState(standingOf(configuration));
    this.#configuration = configuration;
    for (let command = this.#outbox.take(); command; command = this.#outbox.take()) this.#carryOut(command);
  }

  #carryOut(command: Command): void {
    const { agenda, database, recorder } = this.#context;
    const detail = recorder.isBrief ? NO_DETAIL : detailOf(command);
    recorder.add({ type: 'command', atUs: agenda.nowUs, database, command: command.type, detail });
    this.#execute(command);
  }

  #recordState({ name, shown }: Standing): void {
    if (name === this.#shown) return;
    this.#shown = name;
    this.#context.recorder.add({
      type: 'state',
      atUs: this.#context.agenda.nowUs,
      database: this.#context.database,
      chart: this.id,
      state: shown.state,
      tags: shown.tags,
      phase: shown.phase,
    });
  }
}

function detailOf({ type: _, ...detail }: Command): CommandRecord['detail'] {
  return detail;
}

/** A chart's configuration as records show it. */
interface Standing {
  /** Of equal configurations, whatever objects they are, the same. */
  readonly name: string;
  readonly shown: Pick<StateRecord, 'state' | 'tags' | 'phase'>;
}

/** Compiled charts hand out the same few configurations in all runs. */
const standingOf = oncePer(({ state, tags }: Configuration): Standing => {
  const phase = tags.find((tag) => tag.startsWith(PHASE_TAG))?.slice(PHASE_TAG.length) as Phase | undefined;
  const shownTags = tags.filter((tag) => !tag.startsWith(PHASE_TAG));
  return {
    name: `${state} ${tags.join(' ')}`,
    shown: { state, tags: shownTags, phase },
  };
});
