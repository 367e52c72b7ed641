import type { TargetKind } from './cause.ts';
import { type Declared, endpointsOf, type KnownDatabase } from './declared.ts';
import { proxyHosts } from './proxy.ts';
import { notAmong, type Reason, Refusal } from './reader.ts';
import type { TargetSpec } from './scenario.ts';
import { quote, withArticle } from './wording.ts';

/** What targets are called in messages. */
const NOUNS: Readonly<Record<TargetKind, string>> = {
  node: 'node',
  database: 'database',
  endpoint: 'endpoint',
  segment: 'storage segment',
  az: 'AZ',
  region: 'Region',
  link: 'link',
};

/** Nothing can be said: the database that is named has mistakes of its own, which are reported. */
export const UNKNOWABLE = Symbol('unknowable');

/**
 * What `text` names, out of the kinds of things that a cause acts on: `orders`, `orders.primary` (a role or the
 * id of a node, an endpoint or a segment), an AZ, a Region, or `a -> b` and `a <-> b` for a link.
 */
export function findTarget(
  text: string,
  allowed: readonly TargetKind[],
  declared: Declared,
): TargetSpec | Refusal | typeof UNKNOWABLE {
  if (allowed.includes('link')) return findLink(text, declared);
  const found = allowed.map((on) => lookUp(on, text, declared)).find((each) => each !== undefined);
  if (found !== undefined) return found;
  if (isUnknowable(text, declared)) return UNKNOWABLE;
  return new Refusal(() => {
    const { expected, example } = notAmong(targetNames(allowed, declared), text);
    const nouns = allowed.map((on) => withArticle(NOUNS[on])).join(' or ');
    return { found: foundInstead(text, declared), expected: `${nouns}: ${expected}`, example };
  });
}

function lookUp(on: TargetKind, text: string, { places, databases }: Declared): TargetSpec | undefined {
  const dot = text.indexOf('.');
  if (dot < 0) {
    if (on === 'az' && places.regionOf.has(text)) return { on, az: text, text };
    if (on === 'region' && Object.hasOwn(places.regions, text)) return { on, region: text, text };
    return on === 'database' && databases.has(text) ? { on, database: text, text } : undefined;
  }
  const database = text.slice(0, dot);
  const part = text.slice(dot + 1);
  const known = databases.get(database);
  if (!known || !partsOf(on, known).includes(part)) return undefined;
  if (on === 'node') return { on, database, node: part, text };
  if (on === 'endpoint') return { on, database, endpoint: part, text };
  return on === 'segment' ? { on, database, segment: part, text } : undefined;
}

/** What may follow the name of a database and a dot. */
function partsOf(on: TargetKind, known: KnownDatabase): readonly string[] {
  const { kind, layout, spec } = known;
  if (layout === null) return [];
  if (on === 'node') return [...kind.roles, ...[...layout.nodes, ...proxyHosts(spec)].map((node) => node.id)];
  if (on === 'endpoint') return endpointsOf(known);
  if (on !== 'segment' || layout.replication.rule !== 'log') return [];
  const nodes = new Set(layout.nodes.map((node) => node.id));
  return layout.replication.streams.map((stream) => stream.to).filter((id) => !nodes.has(id));
}

function isUnknowable(text: string, { places, databases }: Declared): boolean {
  const database = databases.get(text.split('.', 1)[0] ?? '');
  return database === null || database?.layout === null || !places.complete;
}

/** Every text that would name one of these things. */
function targetNames(allowed: readonly TargetKind[], { places, databases }: Declared): readonly string[] {
  return allowed.flatMap((on) => {
    if (on === 'az') return [...places.regionOf.keys()];
    if (on === 'region') return Object.keys(places.regions);
    if (on === 'database') return [...databases.keys()];
    const parts = [...databases].flatMap(([name, known]) =>
      known ? partsOf(on, known).map((part) => `${name}.${part}`) : [],
    );
    return [...new Set(parts)];
  });
}

/** What the text names that this cause cannot act on. */
function foundInstead(text: string, declared: Declared): string {
  if (text.includes('->')) return `${quote(text)}, which is a link`;
  const others: readonly TargetKind[] = ['database', 'az', 'region', 'node', 'endpoint', 'segment'];
  const other = others.find((on) => lookUp(on, text, declared) !== undefined);
  if (other !== undefined) return `${quote(text)}, which is ${withArticle(NOUNS[other])}`;
  if (declared.clients.has(text)) return `${quote(text)}, which is a cohort of clients`;
  return `${quote(text)}, which does not exist`;
}

const END_KINDS: readonly TargetKind[] = ['az', 'region', 'node'];

function findLink(text: string, declared: Declared): TargetSpec | Refusal | typeof UNKNOWABLE {
  const [, from = '', arrow = '', to = ''] = /^(\S+) *(<->|->) *(\S+)$/.exec(text) ?? [];
  const example = () => exampleTarget(['link'], declared);
  const expected = 'a link: two places, nodes or cohorts with `->` (one way) or `<->` (both ways) between them';
  if (arrow === '') return new Refusal(() => ({ found: quote(text), expected, example: example() }));
  if (from === to) {
    return new Refusal(() => ({
      found: `${quote(from)} at both ends`,
      expected: 'two different ends',
      example: example(),
    }));
  }
  const [wrong, ...others] = [from, to].filter((end) => !isEnd(end, declared));
  if (wrong === undefined) return { on: 'link', from, to, oneWay: arrow === '->', text };
  if ([wrong, ...others].some((end) => isUnknowable(end, declared))) return UNKNOWABLE;
  return new Refusal(() => {
    const { found, expected, example } = wrongEnd(wrong, [from, to], declared);
    const write = wrong === from ? `${example} ${arrow} ${to}` : `${from} ${arrow} ${example}`;
    return { found, expected, example: write };
  });
}

function wrongEnd(wrong: string, ends: readonly string[], declared: Declared): Required<Reason> {
  const all = [...targetNames(END_KINDS, declared), ...declared.clients.keys()];
  const isDatabase = declared.databases.has(wrong);
  const candidates = all.filter((each) => (isDatabase ? each.startsWith(`${wrong}.`) : !ends.includes(each)));
  const { expected, example } = notAmong(candidates, wrong);
  return {
    found: `${quote(wrong)}, which ${isDatabase ? 'is a database and not one of its nodes' : 'does not exist'}`,
    expected: `at both ends of a link a place, a node or a cohort of clients: ${expected}`,
    example,
  };
}

function isEnd(end: string, declared: Declared): boolean {
  return declared.clients.has(end) || END_KINDS.some((on) => lookUp(on, end, declared) !== undefined);
}

/** A target that such a cause could have in this topology. */
export function exampleTarget(allowed: readonly TargetKind[], declared: Declared): string {
  if (!allowed.includes('link')) return targetNames(allowed, declared)[0] ?? '…';
  const [from = 'use1-az1', to = 'use1-az2'] = targetNames(['az', 'node'], declared);
  return `${from} -> ${to}`;
}
