import type { SyntaxNode } from './syntax.ts';
import { descend, memberName, parse } from './syntax.ts';

/** State that outlives a run, because the module holds it. */
export interface ModuleState {
  readonly line: number;
  readonly found: string;
}

const MUTATORS = new Set('set add delete clear push pop shift unshift splice sort reverse fill copyWithin'.split(' '));

/** A name as swc resolves it: two variables of one name differ in scope. */
const keyOf = (identifier: SyntaxNode) => `${identifier.value}#${identifier.ctxt}`;

function* topLevelVariables(root: SyntaxNode): Generator<SyntaxNode> {
  for (const statement of root.body as readonly SyntaxNode[]) {
    const declaration = statement.type === 'ExportDeclaration' ? (statement.declaration as SyntaxNode) : statement;
    if (declaration.type === 'VariableDeclaration' && declaration.declare !== true) yield declaration;
  }
}

/** The variable that an expression such as `seen`, `seen[0]` or `seen.first.name` starts from. */
function rootOf(expression: SyntaxNode): SyntaxNode {
  return expression.type === 'MemberExpression' ? rootOf(expression.object as SyntaxNode) : expression;
}

/** The object that this node changes in place, if it does. */
function changedObject(node: SyntaxNode): SyntaxNode | undefined {
  const target = {
    AssignmentExpression: node.left,
    UpdateExpression: node.argument,
    UnaryExpression: node.operator === 'delete' ? node.argument : undefined,
    CallExpression: node.callee,
  }[node.type] as SyntaxNode | undefined;
  if (target?.type !== 'MemberExpression') return undefined;
  if (node.type === 'CallExpression' && !MUTATORS.has(memberName(target) ?? '')) return undefined;
  return rootOf(target.object as SyntaxNode);
}

/** Variables of a module that can change: `let`, `var`, a collection changed in place, a static field. */
export function findModuleState(source: string): ModuleState[] {
  const { root, lineAt } = parse(source);
  const states: ModuleState[] = [];
  const constants = new Set<string>();
  for (const declaration of topLevelVariables(root)) {
    if (declaration.kind !== 'const') {
      states.push({ line: lineAt(declaration.span.start), found: `top-level ${declaration.kind}` });
    }
    for (const { id } of declaration.declarations as readonly { id: SyntaxNode }[]) constants.add(keyOf(id));
  }
  for (const { node } of descend(root)) {
    const changed = changedObject(node);
    if (changed?.type === 'Identifier' && constants.has(keyOf(changed))) {
      states.push({ line: lineAt(node.span.start), found: `${changed.value} is changed` });
    }
    if (node.type === 'ClassProperty' && node.isStatic === true && node.readonly !== true) {
      states.push({ line: lineAt(node.span.start), found: 'static field' });
    }
  }
  return states;
}
