import { parseSync } from '@swc/core';

/** A place in a source where something else can stand. */
export interface Site {
  /** In bytes. */
  readonly start: number;
  readonly end: number;
  /** A statement is left out; in place of an expression stands one of these. */
  readonly instead: 'nothing' | readonly string[];
}

interface Node {
  readonly type: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly [field: string]: unknown;
}

/** What stands in place of an operator. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
};

/** What stands in place of a method. */
const METHODS: Readonly<Record<string, string>> = { some: 'every', every: 'some', min: 'max', max: 'min' };

/** Of TypeScript's own nodes only these hold something that runs. */
const WITH_EXPRESSION = new Set(['TsAsExpression', 'TsNonNullExpression', 'TsSatisfiesExpression', 'TsConstAssertion']);
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'ClassMethod']);
const MORE_FUNCTIONS = new Set(['PrivateMethod', 'Constructor', 'MethodProperty', 'GetterProperty', 'SetterProperty']);
/** What an object says to people. */
const SAID_ONLY = new Set(['what', 'message', 'advice', 'description', 'meaning']);
/** The first byte of a source has this number. */
const FIRST = 1;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/**
 * Every place in the functions of a source that can be broken: comparisons, operators, conditions, negations, numbers,
 * booleans, and statements that can be left out. What runs while the module loads is left alone, and what people read.
 */
export function sitesOf(source: string): readonly Site[] {
  const bytes = Buffer.from(source);
  const sites: Site[] = [];
  const text = ({ span }: Node) => bytes.subarray(span.start - FIRST, span.end - FIRST).toString();
  const add = ({ span }: Node, instead: Site['instead']) =>
    sites.push({ start: span.start - FIRST, end: span.end - FIRST, instead });
  const visit = (value: unknown, within: boolean): void => {
    if (Array.isArray(value)) for (const one of value) visit(one, within);
    else if (isNode(value)) visitNode(value, within);
    else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) visit(one, within);
  };
  const visitNode = (node: Node, within: boolean): void => {
    if (node.type.startsWith('Ts') && !WITH_EXPRESSION.has(node.type)) return;
    if (node.type === 'ThrowStatement' || node.type === 'ImportDeclaration') return;
    if (within) for (const instead of alternativesTo(node, text)) add(instead.node, instead.instead);
    const inside = within || FUNCTIONS.has(node.type) || MORE_FUNCTIONS.has(node.type);
    for (const [field, child] of Object.entries(node)) {
      if (field === 'key' || field === 'span' || field === 'typeAnnotation' || field === 'returnType') continue;
      if (field === 'value' && node.type === 'KeyValueProperty' && saysOnly(node)) continue;
      visit(child, inside || (field === 'value' && node.isStatic === false));
    }
  };
  visit(parseSync(source, { syntax: 'typescript', target: 'es2022' }), false);
  return merged(sites);
}

interface Alternatives {
  readonly node: Node;
  readonly instead: Site['instead'];
}

function alternativesTo(node: Node, text: (node: Node) => string): readonly Alternatives[] {
  const one = (instead: Site['instead'], where = node): readonly Alternatives[] => [{ node: where, instead }];
  switch (node.type) {
    case 'BinaryExpression': {
      const [left, right] = [node.left as Node, node.right as Node];
      if (node.operator === '??') return one([text(left)]);
      if (node.operator === '+' && [left, right].some(isText)) return [];
      const others = OPERATORS[node.operator as string] ?? [];
      return one(others.map((other) => `${text(left)} ${other} ${text(right)}`));
    }
    case 'IfStatement':
    case 'ConditionalExpression':
      return one(['true', 'false'], node.test as Node);
    case 'WhileStatement':
    case 'ForStatement':
      return isNode(node.test) ? one(['false'], node.test) : [];
    case 'UnaryExpression':
      if (node.operator === '!') return one([text(node.argument as Node)]);
      return node.operator === '-' ? one([text(node.argument as Node)]) : [];
    case 'UpdateExpression':
      return one([swapped(text(node), { '++': '--', '--': '++' })]);
    case 'AssignmentExpression':
      if (node.operator === '+=' || node.operator === '-=')
        return one([swapped(text(node), { '+=': '-=', '-=': '+=' })]);
      return [];
    case 'BooleanLiteral':
      return one([node.value === true ? 'false' : 'true']);
    case 'NumericLiteral':
      return one([`${node.value as number} + 1`]);
    case 'CallExpression': {
      const callee = node.callee as Node;
      const other = callee.type === 'MemberExpression' && METHODS[(callee.property as Node).value as string];
      if (!other) return [];
      const called = text(node).slice(text(callee).length);
      return one([`${text(callee).replace(/\w+$/, other)}${called}`]);
    }
    case 'ExpressionStatement':
      return isSuper(node.expression as Node) ? [] : one('nothing');
    default:
      return [];
  }
}

const isText = ({ type }: Node) => type === 'StringLiteral' || type === 'TemplateLiteral';

const isSuper = ({ type, callee }: Node) => type === 'CallExpression' && (callee as Node).type === 'Super';

function saysOnly({ key }: Node): boolean {
  return isNode(key) && SAID_ONLY.has(String(key.value));
}

function swapped(text: string, by: Readonly<Record<string, string>>): string {
  const found = Object.keys(by).find((one) => text.includes(one));
  return found === undefined ? text : text.replace(found, by[found] as string);
}

/** One site for each stretch of text, outer ones before what stands in them. */
function merged(sites: readonly Site[]): readonly Site[] {
  const bySpan = new Map<string, Site>();
  for (const site of sites) {
    if (site.instead.length === 0) continue;
    const key = `${site.start} ${site.end} ${site.instead === 'nothing'}`;
    const before = bySpan.get(key)?.instead ?? [];
    const instead = site.instead === 'nothing' ? site.instead : [...new Set([...before, ...site.instead])];
    bySpan.set(key, { ...site, instead });
  }
  const outerFirst = (a: Site, b: Site) =>
    a.start - b.start || b.end - a.end || Number(b.instead === 'nothing') - Number(a.instead === 'nothing');
  return [...bySpan.values()].sort(outerFirst);
}
