import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The laws, the browsers and the queue take longest, some of them in very short files. Where nothing is known of earlier
 * runs, vitest begins with the largest files: the last of these would leave all cores but one idle for a minute.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: (typeof sorted)[number]) => moduleId.startsWith(source('./test/'));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

// Tests run on the sources of every package, so that none of them needs a build first.
export default defineConfig({
  resolve: {
    alias: [{ find: /^@faultline\/([a-z]+)$/, replacement: source('./packages/$1/src/index.ts') }],
  },
  test: {
    include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/out/**'],
    sequence: { sequencer: LongestFirst },
    // No module keeps state (a law), so files of tests can share what a worker has loaded and compiled already.
    isolate: false,
    // Recorded results change only on demand: `npm run simulations:record`.
    update: 'none',
    // A shared machine may be ten times slower than a quiet one.
    testTimeout: 120_000,
    // Vitest leaves one core free for itself, which on two cores is half of them.
    maxWorkers: '100%',
    // Real browsers and servers can be late on a machine that is shared: a second try tells that from a fault.
    retry: process.env.CI ? 1 : 0,
    // In CI the results also go to a file, from which .ci/run counts them.
    reporters: process.env.CI ? ['default', ['json', { outputFile: source('./out/test-results.json') }]] : ['default'],
  },
});
