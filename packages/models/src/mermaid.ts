import type { AnyStateMachine } from 'xstate';

interface Node {
  readonly key: string;
  readonly path: readonly string[];
  readonly states: Readonly<Record<string, Node>>;
  readonly initial: { readonly target?: readonly Node[] } | undefined;
  readonly type: string;
  readonly transitions: ReadonlyMap<
    string,
    readonly { readonly target?: readonly Node[] | undefined; readonly guard?: unknown }[]
  >;
  readonly always?: readonly { readonly target?: readonly Node[] | undefined; readonly guard?: unknown }[] | undefined;
}

/** A chart as a Mermaid state diagram, drawn from the machine itself. */
export function mermaidChart(machine: AnyStateMachine): string {
  const root = machine.root as unknown as Node;
  return ['stateDiagram-v2', ...body(root, '  '), ...edges(root)].join('\n');
}

function body(node: Node, indent: string): readonly string[] {
  const lines: string[] = [];
  const initial = node.initial?.target?.[0];
  if (initial && node.type === 'compound') lines.push(`${indent}[*] --> ${id(initial)}`);
  for (const child of Object.values(node.states)) {
    if (Object.keys(child.states).length === 0) lines.push(`${indent}state "${child.key}" as ${id(child)}`);
    else lines.push(`${indent}state "${child.key}" as ${id(child)} {`, ...body(child, `${indent}  `), `${indent}}`);
  }
  return lines;
}

function edges(node: Node): readonly string[] {
  const lines: string[] = [];
  const add = (
    label: string,
    transitions: readonly { readonly target?: readonly Node[] | undefined; readonly guard?: unknown }[],
  ): void => {
    for (const { target, guard } of transitions) {
      const condition = typeof guard === 'string' ? ` [${guard}]` : '';
      for (const to of target ?? [])
        if (node.path.length > 0) lines.push(`  ${id(node)} --> ${id(to)}: ${label}${condition}`);
    }
  };
  for (const [event, transitions] of node.transitions) add(eventLabel(event), transitions);
  add('at once', node.always ?? []);
  for (const child of Object.values(node.states)) lines.push(...edges(child));
  return lines;
}

/** XState names a delayed transition `xstate.after.<delay>.<state>`. */
function eventLabel(event: string): string {
  const delay = /^xstate\.after\.([^.]+)\./.exec(event)?.[1];
  return delay === undefined ? event : `after ${delay}`;
}

function id(node: Node): string {
  return node.path.join('_');
}
