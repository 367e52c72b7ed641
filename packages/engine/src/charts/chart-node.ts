import type { Guard, Step } from './chart-action.ts';

/** A state. States are numbered as they stand in the chart, each before those inside it. */
export interface ChartNode {
  readonly order: number;
  /** Number of the last state inside it; its own when there is none. */
  readonly lastOrder: number;
  readonly key: string;
  readonly parent: ChartNode | null;
  readonly type: 'atomic' | 'compound' | 'parallel';
  readonly tags: readonly string[];
  readonly entry: readonly Step[];
  readonly exit: readonly Step[];
  readonly on: ReadonlyMap<string, readonly ChartTransition[]>;
  readonly always: readonly ChartTransition[];
}

export interface ChartTransition {
  /** A list of nothing but this one: most often one transition is taken by itself. */
  readonly alone: readonly ChartTransition[];
  readonly source: ChartNode;
  readonly guard: Guard | null;
  readonly actions: readonly Step[];
  /** The state inside which all is left and entered; null for a transition that goes nowhere. */
  readonly domain: ChartNode | null;
  /** Whether the domain itself is left and entered again. */
  readonly leavesDomain: boolean;
  /** In their order. */
  readonly enters: readonly ChartNode[];
}
