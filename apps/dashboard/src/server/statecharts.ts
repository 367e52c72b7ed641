import type { DeploymentKind } from '@faultline/models';
import type { Statechart, StatechartState, StatechartTransition } from '../protocol/statechart.ts';

/** As much of an XState node as is drawn. */
interface Node {
  readonly key: string;
  readonly path: readonly string[];
  readonly type: StatechartState['type'];
  readonly tags: readonly string[];
  readonly parent?: Node | undefined;
  readonly states: Readonly<Record<string, Node>>;
  readonly initial?: { readonly target?: readonly Node[] } | undefined;
  readonly transitions: ReadonlyMap<string, readonly Edge[]>;
  readonly always?: readonly Edge[] | undefined;
}

interface Edge {
  readonly target?: readonly Node[] | undefined;
  readonly guard?: unknown;
}

/** The chart of a kind, read from the machine that runs. */
export function statechartOf(kind: DeploymentKind): Statechart {
  const root = kind.machine.root as unknown as Node;
  const nodes = descendants(root);
  return {
    model: kind.id,
    title: kind.title,
    initial: initialOf(root),
    states: nodes.map((node) => ({
      id: idOf(node),
      key: node.key,
      parent: node.path.length > 1 ? node.path.slice(0, -1).join('.') : null,
      type: node.type,
      initial: initialOf(node),
      tags: [...node.tags],
    })),
    transitions: [root, ...nodes].flatMap(transitionsOf),
  };
}

function descendants(node: Node): readonly Node[] {
  return Object.values(node.states).flatMap((child) => [child, ...descendants(child)]);
}

function transitionsOf(node: Node): readonly StatechartTransition[] {
  // What the machine does in any state has no arrow of its own: it would start everywhere.
  if (node.path.length === 0) return [];
  const named = [...node.transitions].flatMap(([event, edges]) => {
    const delay = /^xstate\.after\.([^.]+)\./.exec(event)?.[1];
    return delay === undefined ? arrows(node, event, 'fact', edges) : arrows(node, `after ${delay}`, 'after', edges);
  });
  return [...named, ...arrows(node, 'at once', 'always', node.always ?? [])];
}

function arrows(
  node: Node,
  label: string,
  kind: StatechartTransition['kind'],
  edges: readonly Edge[],
): readonly StatechartTransition[] {
  return edges.flatMap(({ target = [], guard }) =>
    target.map((to) => ({ from: idOf(node), to: idOf(to), label, kind, guard: guardName(guard) })),
  );
}

function guardName(guard: unknown): string | null {
  if (typeof guard === 'string') return guard;
  return typeof guard === 'object' && guard !== null && 'type' in guard ? String(guard.type) : null;
}

function initialOf(node: Node): string | null {
  const first = node.initial?.target?.[0];
  return first === undefined || node.type !== 'compound' ? null : idOf(first);
}

function idOf(node: Node): string {
  return node.path.join('.');
}
