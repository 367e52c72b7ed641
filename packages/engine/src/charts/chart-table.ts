import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { oncePer } from '../once-per.ts';
import { ActiveStates } from './active-states.ts';
import type { Step } from './chart-action.ts';
import type { ChartNode, ChartTransition } from './chart-node.ts';
import { ChartSteps } from './chart-step.ts';

/** What a chart comes down to: for every state what it does, and for every transition what it leaves and enters. */
export interface ChartTable {
  /** What is entered at the start. */
  readonly initial: ActiveStates;
  /** What is done on entering it. */
  readonly entry: readonly Step[];
  /** What a chart knows at the start; all runs of one input share it, so that a chart has to copy it before it learns anything. */
  readonly context: (input: unknown) => object;
}

type Writable<Node> = { -readonly [Key in keyof Node]: Node[Key] };

/**
 * Compiles a chart. Everything that XState finds out anew with each event, and that depends on the chart alone, is worked
 * out here once: by the same rules (SCXML, as XState 5 reads it), to which a property test holds every chart there is.
 *
 * @throws for what no chart here uses: final states, history, invoked actors, wildcards, actions on `initial`.
 */
export function compileChart(machine: AnyStateMachine): ChartTable {
  const nodes = new Map<AnyStateNode, Writable<ChartNode>>();
  const root = makeNode(machine.root, null, nodes);
  const steps = new ChartSteps(machine);
  for (const [from, node] of nodes) {
    node.entry = from.entry.map((action) => steps.step(action));
    node.exit = from.exit.map((action) => steps.step(action));
    const compiled = (one: AnyTransitionDefinition) => transition(one, nodes, steps);
    node.on = new Map([...from.transitions].map(([event, all]) => [event, all.map(compiled)]));
    node.always = (from.always ?? []).map(compiled);
  }
  const entered = new Set([machine.root]);
  addInside(machine.root, entered);
  const initial = inOrder(entered, nodes);
  return {
    initial: ActiveStates.initial(root, initial),
    entry: initial.flatMap(({ entry }) => entry),
    context: contextOf(machine),
  };
}

function contextOf(machine: AnyStateMachine): ChartTable['context'] {
  const { context } = machine.config as { readonly context?: unknown };
  if (typeof context !== 'function') return () => context as object;
  const made = oncePer((input: object): object => context({ input }));
  return (input) => (typeof input === 'object' && input !== null ? made(input) : context({ input }));
}

function makeNode(
  from: AnyStateNode,
  parent: ChartNode | null,
  nodes: Map<AnyStateNode, Writable<ChartNode>>,
): ChartNode {
  refuseUnknown(from);
  const node: Writable<ChartNode> = {
    order: nodes.size,
    lastOrder: nodes.size,
    key: from.key,
    parent,
    type: from.type as ChartNode['type'],
    tags: from.tags,
    entry: [],
    exit: [],
    on: new Map(),
    always: [],
  };
  nodes.set(from, node);
  for (const child of Object.values(from.states)) makeNode(child, node, nodes);
  node.lastOrder = nodes.size - 1;
  return node;
}

function refuseUnknown({ id, type, invoke, initial, transitions }: AnyStateNode): void {
  if (type === 'final' || type === 'history') throw new Error(`${id}: a ${type} state cannot be compiled`);
  if (invoke.length > 0) throw new Error(`${id}: an invoked actor cannot be compiled`);
  if (type === 'compound' && initial.actions.length > 0)
    throw new Error(`${id}: actions on initial cannot be compiled`);
  for (const event of transitions.keys())
    if (event.includes('*')) throw new Error(`${id}: the wildcard ${event} cannot be compiled`);
}

function transition(
  from: AnyTransitionDefinition,
  nodes: ReadonlyMap<AnyStateNode, ChartNode>,
  steps: ChartSteps,
): ChartTransition {
  const targets = (from.target ?? []) as readonly AnyStateNode[];
  const domain = targets.length > 0 ? domainOf(from, targets) : null;
  const alone: ChartTransition[] = [];
  const made: ChartTransition = {
    alone,
    source: nodes.get(from.source) as ChartNode,
    guard: from.guard === undefined ? null : steps.guard(from.guard),
    actions: from.actions.map((action) => steps.step(action)),
    domain: domain && (nodes.get(domain) as ChartNode),
    leavesDomain: from.reenter && from.source === domain,
    enters: domain ? inOrder(entrySet(from, targets, domain), nodes) : [],
  };
  alone.push(made);
  return made;
}

/** The innermost state that both ends of a transition lie in, and that stays active. */
function domainOf({ source, reenter }: AnyTransitionDefinition, targets: readonly AnyStateNode[]): AnyStateNode {
  if (!reenter && targets.every((target) => target === source || isInside(target, source))) return source;
  for (let around = (targets[0] as AnyStateNode).parent; around; around = around.parent) {
    const holdsAll = [...targets.slice(1), source].every((node) => isInside(node, around as AnyStateNode));
    if (holdsAll) return around;
  }
  throw new Error(`${source.id}: a transition that leaves the whole chart cannot be compiled`);
}

function entrySet(
  { source, reenter }: AnyTransitionDefinition,
  targets: readonly AnyStateNode[],
  domain: AnyStateNode,
): Set<AnyStateNode> {
  const entered = new Set<AnyStateNode>();
  for (const target of targets) {
    if (source !== target || source !== domain || reenter) entered.add(target);
    addInside(target, entered);
  }
  for (const target of targets) {
    const around: AnyStateNode[] = [];
    for (let node = target.parent; node && node !== domain; node = node.parent) around.push(node);
    if (domain.type === 'parallel') around.push(domain);
    for (const node of around) {
      if (isInside(node, domain)) entered.add(node);
      if (node.type === 'parallel') addRegions(node, entered);
    }
  }
  return entered;
}

/** A state is entered: so are its first state or its regions, and so on. */
function addInside(node: AnyStateNode, entered: Set<AnyStateNode>): void {
  if (node.type === 'parallel') addRegions(node, entered);
  if (node.type !== 'compound') return;
  const [first] = node.initial.target as readonly [AnyStateNode];
  for (let inner: AnyStateNode | undefined = first; inner && inner !== node; inner = inner.parent) entered.add(inner);
  addInside(first, entered);
}

function addRegions(node: AnyStateNode, entered: Set<AnyStateNode>): void {
  for (const region of Object.values(node.states)) {
    if ([...entered].some((one) => isInside(one, region))) continue;
    entered.add(region);
    addInside(region, entered);
  }
}

function isInside(node: AnyStateNode, around: AnyStateNode): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) if (parent === around) return true;
  return false;
}

function inOrder(set: ReadonlySet<AnyStateNode>, nodes: ReadonlyMap<AnyStateNode, ChartNode>): readonly ChartNode[] {
  return [...set].map((node) => nodes.get(node) as ChartNode).sort((a, b) => a.order - b.order);
}
