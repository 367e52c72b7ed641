import { describe, expect, it } from 'vitest';
import { PROJECT_FILES, readProjectFile, SIMULATION_FILES, TYPESCRIPT_FILES, WORKSPACES } from './project-files.ts';
import type { SyntaxNode } from './syntax.ts';
import { descend, parse } from './syntax.ts';

const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*$/;
const NAMELESS = /(?:^|\/)(?:utils?|helpers?|common|misc|shared)\.ts$/;
const NAMED_FOLDERS = /^(?:packages|apps|simulations|test)\//;
const UPPER_CASE_FILES = new Set(['README.md', 'LICENSE', 'Dockerfile']);

/** A letter in brackets keeps a pattern from finding itself. */
const UNFINISHED = /\b(?:T[O]DO|F[I]XME|X[X]X|H[A]CK)\b/;
const LOCAL_PATH = /(?<![\w.:/-])\/(?:w[o]rk|t[m]p|r[o]ot|h[o]me|U[s]ers)\//;
const REGISTRY = /registry\.n[p]mjs\.org|registry\.y[a]rnpkg\.com|\ba[r]tifactory\b|\bn[p]mmirror\b/;

const linesMatching = (pattern: RegExp, path: string) =>
  readProjectFile(path)
    .split('\n')
    .flatMap((text, index) => (pattern.test(text) ? [`${path}:${index + 1}: ${text.trim().slice(0, 120)}`] : []));

/** Name of a class or an interface. */
const nameOf = (node: SyntaxNode) => String(((node.identifier ?? node.id) as SyntaxNode).value);

function complaintAbout(node: SyntaxNode): string | undefined {
  if (node.type.startsWith('ExportDefault')) return 'give the export a name';
  if (node.type === 'ClassDeclaration' && /Manager$/.test(nameOf(node))) return 'say what it does instead of Manager';
  if (node.type === 'TsInterfaceDeclaration' && /^I[A-Z][a-z]/.test(nameOf(node))) return 'drop the I';
  return undefined;
}

/** Line and complaint for each name that says nothing. */
function misnamed(source: string): string[] {
  const { root, lineAt } = parse(source);
  return [...descend(root)].flatMap(({ node }) => {
    const complaint = complaintAbout(node);
    return complaint === undefined ? [] : [`${lineAt(node.span.start)}: ${complaint}`];
  });
}

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly license: string;
  readonly type: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const readPackage = (folder: string) => JSON.parse(readProjectFile(`${folder}package.json`)) as PackageJson;

describe('law: names say what is inside', () => {
  it('files and folders are kebab-case', () => {
    const named = PROJECT_FILES.filter((path) => NAMED_FOLDERS.test(path));
    const report = named.filter((path) =>
      path.split('/').some((part) => !KEBAB_CASE.test(part) && !UPPER_CASE_FILES.has(part)),
    );
    expect(report).toEqual([]);
  });

  it('no file is a drawer for everything', () => {
    expect(TYPESCRIPT_FILES.filter((path) => NAMELESS.test(path))).toEqual([]);
  });

  it('exports have names, classes are no managers, interfaces carry no I', () => {
    const ours = TYPESCRIPT_FILES.filter((path) => !/(?:^|\/)vite(?:st)?\.config\.ts$/.test(path));
    const report = ours.flatMap((path) => misnamed(readProjectFile(path)).map((found) => `${path}:${found}`));
    expect(report).toEqual([]);
  });

  it('finds a name that says nothing', () => {
    expect(misnamed('class A {}\nexport default class FaultManager {}\ninterface IFault {}\n')).toEqual([
      '2: give the export a name',
      '3: drop the I',
    ]);
    expect(misnamed('class FaultManager {}\ninterface Island {}\nexport interface IoError {}')).toEqual([
      '1: say what it does instead of Manager',
    ]);
    expect(misnamed('export default () => 7;')).toEqual(['1: give the export a name']);
  });
});

interface LockedPackage {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe('law: what is committed is finished and belongs to everybody', () => {
  const texts = PROJECT_FILES.filter((path) => path !== 'package-lock.json');

  const lock = (
    JSON.parse(readProjectFile('package-lock.json')) as { packages: Readonly<Record<string, LockedPackage>> }
  ).packages;

  it('no file postpones work', () => {
    expect(texts.flatMap((path) => linesMatching(UNFINISHED, path))).toEqual([]);
  });

  it('no file names a place on one machine, or a registry', () => {
    expect(texts.flatMap((path) => [LOCAL_PATH, REGISTRY].flatMap((p) => linesMatching(p, path)))).toEqual([]);
  });

  it('the lockfile holds no download address, so that every registry can serve it', () => {
    const addressed = Object.entries(lock).filter(([, { resolved, link }]) => resolved !== undefined && !link);
    const advice = 'Set omit-lockfile-registry-resolved=true for npm, delete the lockfile and npm install again.';
    expect(
      addressed.map(([path]) => path),
      advice,
    ).toEqual([]);
  });

  it('the lockfile knows the packages of every platform, without which npm ci refuses it', () => {
    const known = new Set(Object.keys(lock).map((path) => path.replace(/^.*node_modules\//, '')));
    const missing = Object.entries(lock).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !known.has(name))
        .map((name) => `${path} wants ${name}`),
    );
    const advice = 'Pin a version whose platform packages can all be had, delete the lockfile and npm install again.';
    expect(missing, advice).toEqual([]);
  });

  it('property tests have a fixed seed', () => {
    const properties = TYPESCRIPT_FILES.filter((path) => /\bfc\.(?:assert|check|sample)\b/.test(readProjectFile(path)));
    const unseeded = properties.filter((path) => !/\bseed\b/.test(readProjectFile(path)));
    expect(unseeded.map((path) => `${path}: fc.configureGlobal({ seed: 7 })`)).toEqual([]);
  });
});

describe('law: packages look alike', () => {
  const root = readPackage('');
  const packages = WORKSPACES.map((folder) => ({ folder, json: readPackage(`${folder}/`) }));

  it('each has a README.md, packages have an index, and the project has a README.md too', () => {
    const wanted = WORKSPACES.flatMap((folder) => [
      `${folder}/README.md`,
      ...(folder.startsWith('packages/') ? [`${folder}/src/index.ts`] : []),
    ]);
    expect(['README.md', ...wanted].filter((path) => !PROJECT_FILES.includes(path))).toEqual([]);
  });

  it('each is called after its folder, described, and versioned and licensed like the project', () => {
    for (const { folder, json } of packages) {
      expect(json.name).toBe(`@faultline/${folder.split('/')[1]}`);
      expect(json.description, `${folder}/package.json needs a description of one sentence`).toMatch(/\w{2,}/);
      const { version, license, type } = json;
      expect({ folder, version, license, type }).toEqual({
        folder,
        version: root.version,
        license: root.license,
        type: 'module',
      });
    }
  });

  it('they ask for one version of everything', () => {
    const ranges = new Map<string, Set<string>>();
    for (const json of [root, ...packages.map((one) => one.json)]) {
      for (const [name, range] of Object.entries({ ...json.devDependencies, ...json.dependencies })) {
        ranges.set(name, (ranges.get(name) ?? new Set()).add(range));
        if (name.startsWith('@faultline/')) expect(range, `${name} in ${json.name}`).toBe(root.version);
      }
    }
    const several = [...ranges].filter(([, wanted]) => wanted.size > 1);
    expect(several.map(([name, wanted]) => `${name}: ${[...wanted].join(' and ')}`)).toEqual([]);
  });
});

describe('the patterns of these laws', () => {
  it.each([
    ['unfinished work', UNFINISHED, ['// TO', 'DO: later'].join('')],
    ['a local path', LOCAL_PATH, ["readFile('/ho", "me/me/x.yaml')"].join('')],
    ['a registry', REGISTRY, ['https://registry.np', 'mjs.org/yaml'].join('')],
    ['a drawer', NAMELESS, 'packages/clock/src/utils.ts'],
  ])('find %s', (_, pattern, text) => {
    expect(text).toMatch(pattern);
  });

  it('see the packages and their files', () => {
    expect(WORKSPACES).toContain('packages/clock');
    expect(SIMULATION_FILES).toContain('packages/trace/src/records/trace-record.ts');
    expect('https://example.org/home/page').not.toMatch(LOCAL_PATH);
    expect('eventHeap.ts').not.toMatch(KEBAB_CASE);
    expect('multi-az.machine.test.ts').toMatch(KEBAB_CASE);
  });
});
