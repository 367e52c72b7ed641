import type { AgendaClock } from '@faultline/clock';
import type { Command, Fact } from '@faultline/models';
import type { AnyStateMachine } from 'xstate';

/** Where a chart is, as outsiders may know it. */
export interface Configuration {
  /** `failingOver.promoting`; parallel regions are joined by ` & `. */
  readonly state: string;
  /** In alphabetical order. */
  readonly tags: readonly string[];
}

/** One running chart, whoever interprets it. */
export interface ChartExecution {
  /** Enters the first states. */
  start(): void;
  /** Whether the chart has a use for the fact now. */
  accepts(fact: Fact): boolean;
  /** Tells a fact; what follows from it at once has happened when this returns. */
  send(fact: Fact): void;
  /** @throws what went wrong inside the chart, if its interpreter kept that to itself. */
  readonly configuration: Configuration;
  /** What it knows now, for those who look at it from outside and may keep that. */
  contextNow(): unknown;
}

/** Makes a chart ready to start. Delays run on `clock`; `emit` gets the chart's commands, in their order. */
export type ChartExecutor = (
  machine: AnyStateMachine,
  options: {
    readonly id: string;
    readonly input: unknown;
    readonly clock: AgendaClock;
    readonly emit: (command: Command) => void;
  },
) => ChartExecution;
