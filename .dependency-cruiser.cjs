/**
 * The layering of the packages, as CONTRIBUTING.md draws it.
 *
 * The parser is swc: it reports type-only imports like all others, so a layer cannot leak through its types.
 * Every path pattern may have a prefix, so that the rules also run on the breaches in `test/laws/layering-breaches.ts`,
 * which prove that each of them can fail.
 */

/** What each package may import. Adding a package means adding a row here and in CONTRIBUTING.md. */
const MAY_IMPORT = {
  clock: [],
  trace: [],
  models: ['clock'],
  scenario: ['clock', 'models'],
  engine: ['clock', 'trace', 'models', 'scenario'],
  metrics: ['trace'],
  checkers: ['trace'],
  study: ['clock', 'trace', 'models', 'scenario', 'engine', 'metrics'],
  report: ['clock', 'trace', 'metrics'],
  testing: ['clock', 'trace', 'models', 'scenario', 'engine', 'metrics', 'checkers'],
};

/** Packages that a browser loads as they are. */
const BROWSER_SAFE = ['trace', 'metrics', 'report'];

/** Tests, and the builders and scenarios that only they import. */
/** Started by name in a thread of its own: nothing imports it. */
const THREADS = '/executors/thread-worker\\.ts$';
const TESTS = '\\.test\\.ts$|(?:^|/)packages/[^/]+/(?:src/(?:testing|canaries)|test)/';
const INDEX = '(?:^|/)packages/[^/]+/src/index\\.ts$';
const NODE_MODULES = '(?:^|/)node_modules/';
const packages = (names) => `(?:^|/)packages/(?:${names.join('|')})/`;
const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

const rows = Object.entries(MAY_IMPORT).map(([name, lower]) =>
  forbid(
    `${name}-imports-lower-rows`,
    `packages/${name} may import ${lower.length > 0 ? lower.join(', ') : 'no other package'}. ` +
      'Move what both need down, or hand it in from above.',
    { path: packages([name]) },
    { path: '(?:^|/)packages/', pathNot: [packages([name, ...lower]), NODE_MODULES] },
  ),
);

const borders = [
  forbid(
    'listed-packages-only',
    'This package is not in the table MAY_IMPORT: give it a row there, or put the file into a package that has one.',
    { path: '(?:^|/)packages/', pathNot: packages(Object.keys(MAY_IMPORT)) },
    { path: '.' },
  ),
  forbid(
    'packages-never-import-apps',
    'Apps stand on packages. Pass the value down as an argument instead.',
    { path: '(?:^|/)packages/' },
    { path: '(?:^|/)apps/' },
  ),
  forbid(
    'apps-never-import-apps',
    'What two apps need belongs into a package.',
    { path: '(?:^|/)apps/([^/]+)/' },
    { path: '(?:^|/)apps/', pathNot: '(?:^|/)apps/$1/' },
  ),
  forbid(
    'only-the-index-of-a-package',
    "Import '@faultline/<package>'. If its index does not export what you need, export it there on purpose.",
    { path: '(?:^|/)(?:packages|apps)/([^/]+)/' },
    { path: '(?:^|/)packages/', pathNot: ['(?:^|/)packages/$1/', INDEX, NODE_MODULES] },
  ),
];

const shape = [
  forbid('no-cycles', 'Move what both files need into a third one.', {}, { circular: true }),
  forbid(
    'no-unused-files',
    'The index of its package does not lead to this file. Import it, delete it, or move it to src/testing/ if only tests need it.',
    { path: [INDEX, THREADS] },
    { path: '(?:^|/)packages/[^/]+/src/', pathNot: [INDEX, TESTS, THREADS], reachable: false },
  ),
  forbid(
    'no-unresolved-imports',
    'This import leads nowhere: check the path, its ending `.ts`, and the dependencies in package.json.',
    {},
    { couldNotResolve: true },
  ),
  forbid(
    'declared-dependencies-only',
    "Add it to the dependencies in this package's own package.json.",
    { path: '(?:^|/)(?:packages|apps)/', pathNot: TESTS },
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
  ),
];

const outsiders = [
  forbid(
    'browser-safe-packages-have-no-node-imports',
    'trace, metrics and report run in a browser. Reading and writing files is for apps/.',
    { path: packages(BROWSER_SAFE), pathNot: TESTS },
    { dependencyTypes: ['core'] },
  ),
  forbid(
    'no-node-imports-below-study',
    'The simulation knows no host: only study (for its executors) and apps/ may import node: modules.',
    { path: '(?:^|/)packages/', pathNot: [TESTS, packages([...BROWSER_SAFE, 'study'])] },
    { dependencyTypes: ['core'] },
  ),
  forbid(
    'rxjs-only-where-time-is-simulated',
    'rxjs brings its own timers. Import it in packages/clock/src/rx-*.ts, packages/engine or apps/.',
    { path: '(?:^|/)packages/', pathNot: [TESTS, '(?:^|/)packages/clock/src/rx-[^/]+\\.ts$', packages(['engine'])] },
    { path: `${NODE_MODULES}rxjs/` },
  ),
  forbid(
    'seedrandom-only-in-clock',
    'A bare seedrandom repeats short seeds and seeds itself when none is given. Take a named stream of @faultline/clock.',
    { path: '(?:^|/)(?:packages|apps)/', pathNot: [TESTS, packages(['clock'])] },
    { path: `${NODE_MODULES}(?:@types/)?seedrandom/` },
  ),
];

module.exports = {
  forbidden: [...rows, ...borders, ...shape, ...outsiders],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // The parser reads no JSX: what the page's components may import is checked by test/laws/page-imports.test.ts. The
    // configuration of the build tool is no code of ours.
    exclude: { path: ['(?:^|/)(?:packages|apps)/[^/]+/(?:bin|dist|out)/', '\\.tsx$', '/vite\\.config\\.ts$'] },
    enhancedResolveOptions: {
      // A package leads to its sources, so nothing has to be built first.
      mainFiles: ['src/index', 'index'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
  },
};
