import { z } from 'zod';

/**
 * A chart as data, taken from the machine itself. `StateRecord.state` names the active state by its path, joined with
 * dots; several of parallel states are joined by ` & `.
 */
export interface StatechartState {
  /** Path of the state, e.g. `failingOver.promoting`: unique in its chart. */
  readonly id: string;
  /** Last part of the path. */
  readonly key: string;
  /** Path of the state around it, null at the top. */
  readonly parent: string | null;
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  /** Where a compound state begins: the id of one of its children. */
  readonly initial: string | null;
  /** What outsiders may rely on while it is active, `writable`, `redundant`, `phase:promotion` … */
  readonly tags: readonly string[];
}

export interface StatechartTransition {
  readonly from: string;
  readonly to: string;
  /** The fact that causes it, `after <timing>`, or `at once`. */
  readonly label: string;
  readonly kind: 'fact' | 'after' | 'always';
  /** Name of the condition, null without one. */
  readonly guard: string | null;
}

export interface Statechart {
  /** Id of the deployment kind. */
  readonly model: string;
  readonly title: string;
  /** Id of the state in which the chart begins. */
  readonly initial: string | null;
  readonly states: readonly StatechartState[];
  readonly transitions: readonly StatechartTransition[];
}

export const statechart: z.ZodType<Statechart> = z.object({
  model: z.string(),
  title: z.string(),
  initial: z.string().nullable(),
  states: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      parent: z.string().nullable(),
      type: z.enum(['atomic', 'compound', 'parallel', 'final', 'history']),
      initial: z.string().nullable(),
      tags: z.array(z.string()),
    }),
  ),
  transitions: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      label: z.string(),
      kind: z.enum(['fact', 'after', 'always']),
      guard: z.string().nullable(),
    }),
  ),
});
