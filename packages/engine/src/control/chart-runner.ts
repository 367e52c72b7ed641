import { AgendaClock, MILLISECOND_US, type RandomStream, type Sampler } from '@faultline/clock';
import type { ChartLayout, Command, DeploymentKind, Fact } from '@faultline/models';
import type { Phase } from '@faultline/trace';
import type { ChartExecution, ChartExecutor, Configuration } from '../charts/chart-execution.ts';
import type { PlaneContext } from '../replication/plane.ts';

/** The least speed that a clock takes beside standing still: a second lasts eleven days. */
const SLOWEST = 0.000_001;

interface TimingDraw {
  readonly name: string;
  /** As charts call it. */
  readonly nameMs: string;
  readonly draw: Sampler;
  readonly random: RandomStream;
}

/** One running chart: it is told facts, each as an event of the agenda, and its commands are carried out once it has come to rest. */
export class ChartRunner {
  readonly id: string;
  readonly nodes: readonly string[];
  readonly #context: Omit<PlaneContext, 'tell' | 'tellOf' | 'timing'>;
  readonly #chart: ChartExecution;
  readonly #clock: AgendaClock;
  readonly #execute: (command: Command) => void;
  readonly #timings: readonly TimingDraw[];
  readonly #outbox: Command[] = [];
  readonly #slowdowns = new Set<{ readonly share: number }>();
  #shown = '';
  #shownConfiguration: Configuration | null = null;

  constructor(
    context: Omit<PlaneContext, 'tell' | 'tellOf' | 'timing'>,
    kind: DeploymentKind,
    layout: ChartLayout,
    timings: ReadonlyMap<string, Sampler>,
    execute: (command: Command) => void,
    executor: ChartExecutor,
  ) {
    this.id = layout.id;
    this.nodes = layout.nodes;
    this.#context = context;
    this.#execute = execute;
    // Named without the chart's kind, so that the same purpose draws the same numbers under every deployment type.
    this.#timings = Object.keys(kind.timings).map((name) => ({
      name,
      nameMs: `${name}Ms`,
      draw: timings.get(name) as Sampler,
      random: context.streams.stream(`${layout.id}/${name}`),
    }));
    this.#clock = new AgendaClock(context.agenda, () => this.#settle());
    this.#chart = executor(kind.machine, {
      id: layout.id,
      input: layout.input,
      clock: this.#clock,
      emit: (command) => this.#outbox.push(command),
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
    this.#slowdowns.add(one);
    this.#applySpeed();
    return () => {
      this.#slowdowns.delete(one);
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
    const accepted = this.#chart.accepts({ ...detail, type });
    const drawnUs: Record<string, number> = {};
    const timings: Record<string, number> = {};
    if (accepted) {
      for (const { name, nameMs, draw, random } of this.#timings) {
        const us = draw(random);
        drawnUs[name] = us;
        timings[nameMs] = us / MILLISECOND_US;
      }
    }
    this.#context.recorder.add({
      type: 'fact',
      atUs: this.#context.agenda.nowUs,
      database: this.#context.database,
      fact: type,
      ...(typeof detail.node === 'string' ? { node: detail.node } : {}),
      outcome: accepted ? 'accepted' : 'ignored',
      ...(accepted ? { drawnUs } : {}),
    });
    if (!accepted) return;
    const fact: Fact = { ...detail, type, timings };
    this.#chart.send(fact);
    this.#settle();
  }

  #applySpeed(): void {
    const speed = [...this.#slowdowns].reduce((product, { share }) => product * share, 1);
    this.#clock.setSpeed(speed === 0 ? 0 : Math.max(SLOWEST, speed));
  }

  #settle(): void {
    const configuration = this.#chart.configuration;
    if (configuration !== this.#shownConfiguration) this.#recordState(configuration);
    this.#shownConfiguration = configuration;
    for (let command = this.#outbox.shift(); command; command = this.#outbox.shift()) this.#carryOut(command);
  }

  #carryOut(command: Command): void {
    const { type, ...detail } = command;
    this.#context.recorder.add({
      type: 'command',
      atUs: this.#context.agenda.nowUs,
      database: this.#context.database,
      command: type,
      detail,
    });
    this.#execute(command);
  }

  #recordState({ state, tags }: Configuration): void {
    const shown = `${state} ${tags.join(' ')}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    const phase = tags.find((tag) => tag.startsWith(PHASE_TAG))?.slice(PHASE_TAG.length) as Phase | undefined;
    this.#context.recorder.add({
      type: 'state',
      atUs: this.#context.agenda.nowUs,
      database: this.#context.database,
      chart: this.id,
      state,
      tags: tags.filter((tag) => !tag.startsWith(PHASE_TAG)),
      ...(phase ? { phase } : {}),
    });
  }
}

const PHASE_TAG = 'phase:';
