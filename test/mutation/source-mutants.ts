import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Site, sitesOf } from './source-sites.ts';

/** A global function that says whether a mutant stands in place of what the source says; there is none while modules load. */
export const IS_BROKEN = '__faultlineIsBroken';

/** A source with one thing wrong. */
export interface SourceMutant {
  /** The file, what stands there, and what stands there instead. */
  readonly name: string;
  readonly line: number;
}

/** Sources of a folder with all their mutants beside what they stand for. */
export interface BreakableSources {
  readonly mutants: readonly SourceMutant[];
  /** By path: the source with some of the mutants in it, which `IS_BROKEN` turns on. */
  with(mutants: ReadonlySet<number>): ReadonlyMap<string, string>;
}

interface NumberedSite extends Site {
  readonly first: number;
}

interface SourceFile {
  readonly path: string;
  readonly bytes: Buffer;
  readonly sites: readonly NumberedSite[];
}

const TEXT_MAX = 70;

export function breakableSources(folder: string): BreakableSources {
  const mutants: SourceMutant[] = [];
  const files: SourceFile[] = sourcesIn(folder).map((path) => {
    const source = readFileSync(path, 'utf8');
    const bytes = Buffer.from(source);
    const sites = sitesOf(source).map((site) => {
      const numbered = { ...site, first: mutants.length };
      for (const name of namesOf(path, bytes, site)) mutants.push({ name, line: lineOf(bytes, site.start) });
      return numbered;
    });
    return { path, bytes, sites };
  });
  return {
    mutants: told(mutants),
    with: (chosen) => new Map(files.map((file) => [file.path, written(file, chosen)])),
  };
}

function sourcesIn(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return names.filter((name) => name.endsWith('.ts') && !/\.test\.ts$|[/\\]testing[/\\]/.test(name)).sort();
}

function namesOf(path: string, bytes: Buffer, { start, end, instead }: Site): readonly string[] {
  const text = short(bytes.subarray(start, end).toString());
  if (instead === 'nothing') return [`${path}: without ${text}`];
  return instead.map((other) => `${path}: ${text} → ${short(other)}`);
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > TEXT_MAX ? `${line.slice(0, TEXT_MAX)}…` : line;
}

function lineOf(bytes: Buffer, start: number): number {
  return bytes.subarray(0, start).toString().split('\n').length;
}

/** Equal names are told apart by their order. */
function told(mutants: readonly SourceMutant[]): readonly SourceMutant[] {
  const seen = new Map<string, number>();
  return mutants.map(({ name, line }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { name: times === 1 ? name : `${name} (${times})`, line };
  });
}

function written({ bytes, sites }: SourceFile, chosen: ReadonlySet<number>): string {
  const used = sites.filter(({ first, instead }) => numbersOf(first, instead).some((number) => chosen.has(number)));
  let next = 0;
  const upTo = (from: number, end: number): string => {
    let [text, at] = ['', from];
    for (let site = used[next]; site && site.end <= end; site = used[next]) {
      next++;
      text += bytes.subarray(at, site.start).toString() + withMutants(site, upTo(site.start, site.end), chosen);
      at = site.end;
    }
    return text + bytes.subarray(at, end).toString();
  };
  return upTo(0, bytes.length);
}

function withMutants({ first, instead }: NumberedSite, text: string, chosen: ReadonlySet<number>): string {
  const isBroken = (number: number) => `globalThis.${IS_BROKEN}?.(${number})`;
  if (instead === 'nothing') return `{ if (!${isBroken(first)}) { ${text} } }`;
  const numbered = numbersOf(first, instead).map((number, index) => [number, instead[index]] as const);
  const used = numbered.filter(([number]) => chosen.has(number));
  return used.reduceRight((rest, [number, other]) => `(${isBroken(number)} ? (${other}) : ${rest})`, `(${text})`);
}

function numbersOf(first: number, instead: Site['instead']): readonly number[] {
  return instead === 'nothing' ? [first] : instead.map((_, index) => first + index);
}
