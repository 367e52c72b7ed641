import type { SyntaxNode } from './syntax.ts';
import { descend, isGlobal, isNode, memberName, parse } from './syntax.ts';

/** Something in the source that could make two runs differ. */
export interface HostAccess {
  readonly line: number;
  readonly found: string;
  /** What to use instead. */
  readonly instead: string;
}

const CLOCK = 'Simulated time comes from the agenda of @faultline/clock; measure real time in apps/ or test/bench.';
const AGENDA = 'Schedule it on the agenda of @faultline/clock.';
const STREAM = 'Draw from a named random stream of @faultline/clock.';
const SYNCHRONOUS = 'Everything below apps/ is synchronous: return the value, or yield it from a generator.';
const LOCALE = 'Results must not depend on a locale: format numbers by hand, compare strings with < and >.';
const ENVIRONMENT = 'Read the environment in apps/ and pass the value down as an argument.';
const GARBAGE = 'The garbage collector keeps no order: hold the value, or a key to it.';
const RX_TIME =
  'It runs on host timers unless it is given a scheduler: take it from the packages/clock/src/rx-*.ts adapter.';

const everyName = (names: string, instead: string) => names.split(' ').map((name) => [name, instead] as const);

const GLOBALS = new Map([
  ...everyName('Date performance', CLOCK),
  ...everyName('setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame', AGENDA),
  ...everyName('clearTimeout clearInterval clearImmediate', AGENDA),
  ...everyName('crypto', STREAM),
  ...everyName('Promise', SYNCHRONOUS),
  ...everyName('Intl', LOCALE),
  ...everyName('process globalThis global window self navigator', ENVIRONMENT),
  ...everyName('WeakRef FinalizationRegistry', GARBAGE),
  ...everyName('structuredClone', 'Copy plain data with spread; functions and classes do not survive a clone.'),
  ...everyName('console', 'Return the text, or put it into the trace; apps/ print.'),
]);

const MEMBERS = new Map([
  ...everyName('then', SYNCHRONOUS),
  ...everyName('toLocaleString toLocaleDateString toLocaleTimeString', LOCALE),
  ...everyName('toLocaleLowerCase toLocaleUpperCase localeCompare', LOCALE),
]);

const RX_NAMES =
  'timer interval delay delayWhen debounce debounceTime throttle throttleTime audit auditTime sample sampleTime ' +
  'bufferTime windowTime timeout timeoutWith timeInterval timestamp retry repeat observeOn subscribeOn ' +
  'asyncScheduler async asapScheduler asap queueScheduler queue animationFrameScheduler animationFrame animationFrames ' +
  'VirtualTimeScheduler VirtualAction firstValueFrom lastValueFrom';

/** Names that must not be imported, by module. */
const IMPORTS: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  rxjs: new Map(everyName(RX_NAMES, RX_TIME)),
  'rxjs/operators': new Map(everyName(RX_NAMES, RX_TIME)),
  xstate: new Map([
    ...everyName('fromPromise toPromise waitFor', SYNCHRONOUS),
    ...everyName('SimulatedClock', 'It jumps before it fires: use the XState clock of @faultline/clock.'),
  ]),
};

type Finding = Omit<HostAccess, 'line'> | undefined;

function inGlobal(node: SyntaxNode, parent: SyntaxNode | undefined): Finding {
  if (!isGlobal(node)) return undefined;
  const name = node.value as string;
  const instead = GLOBALS.get(name);
  if (instead !== undefined) return { found: name, instead };
  const isMathTaken = name === 'Math' && parent?.type !== 'MemberExpression';
  return isMathTaken
    ? { found: 'Math as a value', instead: 'Write Math.<function>, so that it can be checked.' }
    : undefined;
}

function inMember(node: SyntaxNode): Finding {
  if (node.type !== 'MemberExpression') return undefined;
  const name = memberName(node);
  const object = node.object as SyntaxNode;
  if (isGlobal(object) && object.value === 'Math' && (name === undefined || name === 'random')) {
    return { found: `Math.${name ?? '[…]'}`, instead: STREAM };
  }
  const instead = name === undefined ? undefined : MEMBERS.get(name);
  return instead === undefined ? undefined : { found: `.${name}`, instead };
}

function inControlFlow(node: SyntaxNode): Finding {
  if (node.type === 'AwaitExpression') return { found: 'await', instead: SYNCHRONOUS };
  if (node.type === 'ForInStatement') {
    return { found: 'for…in', instead: 'It walks the prototype chain: use for…of over Object.keys or Object.entries.' };
  }
  if (node.type === 'ForOfStatement' && node.await === true) return { found: 'for await', instead: SYNCHRONOUS };
  // A method keeps its function in a field that has no type of its own.
  const isAsync = node.async === true || (node.function as SyntaxNode | undefined)?.async === true;
  if (isAsync) return { found: 'async', instead: SYNCHRONOUS };
  if (node.type === 'CallExpression' && (node.callee as SyntaxNode).type === 'Import') {
    return { found: 'import()', instead: 'Import it at the top of the file.' };
  }
  return undefined;
}

function* importedNames(node: SyntaxNode): Generator<string> {
  for (const specifier of node.specifiers as readonly SyntaxNode[]) {
    const name = (specifier.imported ?? specifier.orig ?? specifier.local) as SyntaxNode | undefined;
    const isNamed = specifier.type === 'ImportSpecifier' || specifier.type === 'ExportSpecifier';
    yield isNamed ? String(name?.value) : '*';
  }
}

function* inImport(node: SyntaxNode): Generator<NonNullable<Finding>> {
  const source = node.source;
  if (!isNode(source) || !Array.isArray(node.specifiers) || node.typeOnly === true) return;
  const module = source.value as string;
  const banned = Object.hasOwn(IMPORTS, module) ? IMPORTS[module] : undefined;
  if (banned === undefined) return;
  for (const name of importedNames(node)) {
    if (name === '*') yield { found: `* from ${module}`, instead: 'Import by name, so that it can be checked.' };
    const instead = banned.get(name);
    if (instead !== undefined) yield { found: `${name} from ${module}`, instead };
  }
}

const ADAPTS_RXJS = /^packages\/clock\/src\/rx-[^/]+\.ts$/;

/** Every use of the host's clock, chance, timers, promises, locale or environment in a source; text and comments are free. */
export function findHostAccess(source: string, path: string): HostAccess[] {
  const { root, lineAt } = parse(source);
  const accesses: HostAccess[] = [];
  for (const { node, parent } of descend(root)) {
    const findings = [inGlobal(node, parent), inMember(node), inControlFlow(node)];
    if (!ADAPTS_RXJS.test(path)) findings.push(...inImport(node));
    for (const finding of findings) {
      if (finding !== undefined) accesses.push({ line: lineAt(node.span.start), ...finding });
    }
  }
  return accesses;
}
