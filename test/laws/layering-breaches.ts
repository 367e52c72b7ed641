/** Source by path: a small project that breaks one rule. */
type Breach = Readonly<Record<string, string>>;

const LEAF = 'export type Thing = { readonly name: string };\n';

/** An import that the table of layers does not allow; its target is a type only, which must not make it invisible. */
function breachOfRow(from: string, to: string): Breach {
  return {
    [`packages/${from}/src/index.ts`]: `import type { Thing } from '../../${to}/src/index.ts';\nexport type { Thing };\n`,
    [`packages/${to}/src/index.ts`]: LEAF,
  };
}

const importing = (specifier: string) => `import { thing } from '${specifier}';\nexport { thing };\n`;

/** For every rule of .dependency-cruiser.cjs, by its name, files that break it and no other. */
export const BREACHES: Readonly<Record<string, Breach>> = {
  'clock-imports-lower-rows': breachOfRow('clock', 'trace'),
  'trace-imports-lower-rows': breachOfRow('trace', 'clock'),
  'models-imports-lower-rows': breachOfRow('models', 'trace'),
  'scenario-imports-lower-rows': breachOfRow('scenario', 'engine'),
  'engine-imports-lower-rows': breachOfRow('engine', 'metrics'),
  'metrics-imports-lower-rows': breachOfRow('metrics', 'engine'),
  'checkers-imports-lower-rows': breachOfRow('checkers', 'metrics'),
  'study-imports-lower-rows': breachOfRow('study', 'report'),
  'report-imports-lower-rows': breachOfRow('report', 'engine'),
  'testing-imports-lower-rows': breachOfRow('testing', 'report'),
  'listed-packages-only': {
    'packages/extra/src/index.ts': "export * from './thing.ts';\n",
    'packages/extra/src/thing.ts': LEAF,
  },
  'packages-never-import-apps': {
    'packages/engine/src/index.ts': importing('../../../apps/cli/src/main.ts'),
    'apps/cli/src/main.ts': LEAF,
  },
  'apps-never-import-apps': {
    'apps/dashboard/src/main.ts': importing('../../cli/src/main.ts'),
    'apps/cli/src/main.ts': LEAF,
  },
  'only-the-index-of-a-package': {
    'packages/models/src/index.ts': importing('../../clock/src/agenda.ts'),
    'packages/clock/src/index.ts': "export * from './agenda.ts';\n",
    'packages/clock/src/agenda.ts': LEAF,
  },
  'no-cycles': {
    'packages/clock/src/index.ts': "export type * from './agenda.ts';\n",
    'packages/clock/src/agenda.ts': "import type { Heap } from './heap.ts';\nexport type Agenda = Heap;\n",
    'packages/clock/src/heap.ts': "import type { Agenda } from './agenda.ts';\nexport type Heap = Agenda;\n",
  },
  'no-unused-files': {
    'packages/clock/src/index.ts': LEAF,
    'packages/clock/src/forgotten.ts': LEAF,
  },
  'no-unresolved-imports': { 'packages/clock/src/index.ts': importing('./missing.ts') },
  'declared-dependencies-only': {
    'packages/scenario/package.json': '{ "name": "scenario", "dependencies": {} }\n',
    'packages/scenario/src/index.ts': importing('yaml'),
  },
  'browser-safe-packages-have-no-node-imports': { 'packages/trace/src/index.ts': importing('node:fs') },
  'no-node-imports-below-study': { 'packages/engine/src/index.ts': importing('node:crypto') },
  'rxjs-only-where-time-is-simulated': {
    'packages/models/package.json': '{ "name": "models", "dependencies": { "rxjs": "*" } }\n',
    'packages/models/src/index.ts': importing('rxjs'),
  },
  'seedrandom-only-in-clock': {
    'packages/engine/package.json': '{ "name": "engine", "dependencies": { "seedrandom": "*" } }\n',
    'packages/engine/src/index.ts': importing('seedrandom'),
  },
};
