import { isAlias, isMap, isScalar, type Pair, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Complaint, Report } from './report.ts';
import type { Value } from './value.ts';
import { enumerate, quote } from './wording.ts';
import { MAX_DEPTH, tooDeep } from './yaml-tokens.ts';

/** Values that aliases may repeat in one file, counted after expansion. */
const MAX_ALIASED_VALUES = 10_000;

/** A value together with what an alias of it would cost. */
interface Subtree {
  readonly value: Value;
  readonly size: number;
  readonly depth: number;
}

/** Where a node stands: its key and the offset of that key. */
interface Slot {
  readonly key: string;
  readonly keyAt: number;
}

/**
 * Turns the parser's nodes into values: aliases resolved (and counted before they are followed), keys made
 * text, duplicate keys and tags refused. The depth was bounded when the text was read.
 */
export function readTree(contents: ParsedNode | null, report: Report): Value | undefined {
  const before = report.count;
  const at = contents?.range[0] ?? 0;
  const tree = new TreeReader(report).subtree(contents, { key: '', keyAt: at });
  return report.count > before ? undefined : tree?.value;
}

class TreeReader {
  readonly #report: Report;
  readonly #anchors = new Map<string, Subtree | 'open' | 'refused'>();
  #aliasedValues = 0;
  #tooManyAliases = false;
  #tooDeep = false;

  constructor(report: Report) {
    this.#report = report;
  }

  subtree(node: ParsedNode | null, slot: Slot): Subtree | undefined {
    if (node === null) return { value: { ...slot, at: slot.keyAt, type: 'nothing' }, size: 1, depth: 0 };
    if (isAlias(node)) return this.#aliased(node.source, node.range[0], slot);
    if (node.tag !== undefined) return this.#refuse(node.range[0], () => tagged(node.tag as string));
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, 'open');
    const tree = isScalar(node) ? scalar(node, slot) : this.#collection(node, slot);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, tree ?? 'refused');
    return tree;
  }

  #aliased(name: string, at: number, slot: Slot): Subtree | undefined {
    const target = this.#anchors.get(name);
    if (target === undefined) return this.#refuse(at, () => danglingAlias(name, this.#anchors.keys()));
    if (target === 'open') return this.#refuse(at, () => endlessAlias(name));
    if (target === 'refused') return undefined;
    this.#aliasedValues += target.size;
    if (this.#aliasedValues > MAX_ALIASED_VALUES) {
      // Every alias after it is one too many as well; once is enough.
      if (!this.#tooManyAliases) this.#refuse(at, () => tooManyAliases(name));
      this.#tooManyAliases = true;
      return undefined;
    }
    return { ...target, value: { ...target.value, ...slot, at } };
  }

  #collection(node: YAMLMap.Parsed | YAMLSeq.Parsed, slot: Slot): Subtree | undefined {
    const place = { ...slot, at: node.range[0] };
    const parts: Subtree[] = [];
    if (isMap(node)) {
      const entries = new Map<string, Value>();
      for (const pair of node.items) {
        const part = this.#entry(pair as Pair<ParsedNode, ParsedNode | null>, entries);
        if (part !== undefined) parts.push(part);
      }
      return this.#combined({ ...place, type: 'mapping', entries }, parts);
    }
    for (const item of node.items) {
      const part = this.subtree(item as ParsedNode, { key: '-', keyAt: (item as ParsedNode).range[0] });
      if (part !== undefined) parts.push(part);
    }
    return this.#combined({ ...place, type: 'list', items: parts.map((part) => part.value) }, parts);
  }

  #entry(pair: Pair<ParsedNode, ParsedNode | null>, entries: Map<string, Value>): Subtree | undefined {
    const keyAt = pair.key.range[0];
    if (!isScalar(pair.key) || pair.key.tag !== undefined) return this.#refuse(keyAt, oddKey);
    const key = textOf(pair.key);
    const earlier = entries.get(key);
    if (earlier !== undefined) return this.#refuse(keyAt, () => duplicateKey(key));
    const part = this.subtree(pair.value, { key, keyAt });
    if (part !== undefined) entries.set(key, part.value);
    return part;
  }

  #combined(value: Value, parts: readonly Subtree[]): Subtree | undefined {
    const depth = 1 + parts.reduce((deepest, part) => Math.max(deepest, part.depth), 0);
    if (depth > MAX_DEPTH) {
      // Everything around it is too deep as well; once is enough.
      if (!this.#tooDeep) this.#refuse(value.at, tooDeep);
      this.#tooDeep = true;
      return undefined;
    }
    return { value, size: 1 + parts.reduce((sum, part) => sum + part.size, 0), depth };
  }

  #refuse(at: number, describe: () => Complaint): undefined {
    this.#report.add(at, describe);
  }
}

function scalar(node: Scalar.Parsed, slot: Slot): Subtree {
  return { value: scalarValue(node, { ...slot, at: node.range[0] }), size: 1, depth: 0 };
}

function scalarValue(node: Scalar.Parsed, place: Slot & { readonly at: number }): Value {
  const content: unknown = node.value;
  if (content === null) return { ...place, type: 'nothing' };
  if (typeof content === 'boolean') return { ...place, type: 'boolean', boolean: content };
  if (typeof content === 'number') return { ...place, type: 'number', number: content, source: textOf(node) };
  return { ...place, type: 'text', text: String(content) };
}

/** What somebody wrote: the text of a text, and the source of a number or boolean. */
function textOf(node: Scalar.Parsed): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

const tagged = (tag: string): Complaint => ({
  found: `the YAML tag ${quote(tag)}`,
  expected: 'a value without a tag; quotes make a text of anything',
  write: "seed: '7'",
});

const oddKey = (): Complaint => ({
  found: 'a key that is not a plain word',
  expected: 'a word as key, then a colon and a space',
  write: 'horizon: 20m',
});

const duplicateKey = (key: string): Complaint => ({
  found: `the key ${quote(key)} a second time in the same mapping`,
  expected: 'every key once',
  write: `${key}: …   # only one of the two`,
});

const danglingAlias = (name: string, anchors: Iterable<string>): Complaint => {
  const known = enumerate(anchors);
  return {
    found: `${quote(`*${name}`)}, which repeats something that is not named before it`,
    expected: known === '' ? 'a value, or an anchor further up' : `one of the anchors further up: ${known}`,
    write: `driver: &${name} { connectTimeout: 2s }`,
  };
};

const endlessAlias = (name: string): Complaint => ({
  found: `${quote(`*${name}`)} inside of the value that it repeats`,
  expected: 'an alias after the end of the value',
  write: `driver: &${name} { connectTimeout: 2s }`,
});

const tooManyAliases = (name: string): Complaint => ({
  found: `${quote(`*${name}`)}, with which the aliases of this file repeat more than ${MAX_ALIASED_VALUES} values`,
  expected: `aliases that repeat at most ${MAX_ALIASED_VALUES} values in all, counted with the aliases inside of them`,
  write: `# no more *${name} from here on; of many equal clients write one, with count: 400`,
});
