import { parseSync } from '@swc/core';

/** A node of swc's syntax tree, read without caring which of its hundred shapes it has. */
export interface SyntaxNode {
  readonly type: string;
  /** Offsets in UTF-8 bytes; the first byte of the file is 1. */
  readonly span: { readonly start: number; readonly end: number };
  readonly [field: string]: unknown;
}

export interface SyntaxTree {
  readonly root: SyntaxNode;
  /** Line of a byte offset; the first line is 1. */
  lineAt(offset: number): number;
}

const LINE_FEED = 10;

export function parse(source: string): SyntaxTree {
  const root = parseSync(source, { syntax: 'typescript', target: 'es2022' }) as unknown as SyntaxNode;
  const bytes = Buffer.from(source);
  const lineAt = (offset: number) => bytes.subarray(0, offset - 1).filter((byte) => byte === LINE_FEED).length + 1;
  return { root, lineAt };
}

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';

/** The node and everything below it, parents first, in the order of the text. */
export function* descend(value: unknown, parent?: SyntaxNode): Generator<{ node: SyntaxNode; parent?: SyntaxNode }> {
  if (Array.isArray(value)) {
    for (const element of value) yield* descend(element, parent);
  } else if (isNode(value)) {
    yield parent === undefined ? { node: value } : { node: value, parent };
    for (const field of Object.values(value)) yield* descend(field, value);
  } else if (typeof value === 'object' && value !== null) {
    // Wrappers without a type, such as the `{ spread, expression }` of an argument.
    for (const field of Object.values(value)) yield* descend(field, parent);
  }
}

/** swc resolves names: 1 marks those that nothing in the file declares. */
const GLOBAL_SCOPE = 1;

export const isGlobal = (node: SyntaxNode): boolean => node.type === 'Identifier' && node.ctxt === GLOBAL_SCOPE;

/** `name` of `object.name` and `object['name']`; undefined when it is computed. */
export function memberName(node: SyntaxNode): string | undefined {
  const property = node.property as SyntaxNode;
  if (property.type === 'Identifier') return property.value as string;
  const computed = property.expression as SyntaxNode | undefined;
  return computed?.type === 'StringLiteral' ? (computed.value as string) : undefined;
}
