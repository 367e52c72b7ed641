import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/faultline.js', import.meta.url));
const STUDIES = fileURLToPath(new URL('../../../../simulations/studies', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'faultline-search-'));
afterAll(() => rmSync(folder, { recursive: true }));

writeFileSync(join(folder, 'shop.yaml'), readFileSync(join(STUDIES, 'small-shop.yaml'), 'utf8').replace('15m', '6m'));

/** Runs the built command on a study, as a shell would, without a terminal. */
function study(rest: string, ...options: readonly string[]) {
  const file = join(folder, 'test.study.yaml');
  writeFileSync(file, `study: test\nscenario: shop.yaml\nseed: 7\ntrials: 10\n${rest}`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, 'study', file, ...options], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

const COSTS = 'factors: { dns: { path: topology.clients.checkout.dnsCache, values: [ttl, 90s], costs: [1, 0] } }\n';

describe('study --search', () => {
  it('finds the cheapest, says so on a page too, and can be repeated', () => {
    const page = join(folder, 'search.html');
    const text = `objectives: { rto: 5m }\nsearch: { share: 50% }\n${COSTS}`;
    const { status, stdout } = study(text, '--search', '--trials', '50', '--html', page);
    expect(status).toBe(0);
    expect(stdout).toContain('dns=90s, at a cost of 0. It meets the objectives');
    expect(stdout.trimEnd().split('\n').at(-1)).toContain('--search --trials 50 --seed 7');
    expect(readFileSync(page, 'utf8')).toContain('dns=90s, at a cost of 0. It meets the objectives');
  });

  it.each([
    ['no/such/folder.html', 'cannot be written (there is no such folder)'],
    ['.', 'found a folder, expected the path of a new file in it'],
    ['test.study.yaml', 'found a file that is there already'],
  ])('refuses a page at %s before any trial', (place, message) => {
    const page = join(folder, place);
    for (const more of [['--search'], []]) {
      const { status, stdout, stderr } = study(`objectives: { rto: 5m }\n${COSTS}`, ...more, '--html', page);
      expect([status, stdout]).toEqual([64, '']);
      expect(stderr).toContain(`--html ${page}: ${message}`);
    }
  });

  it('exits with 1 where there is none, and with 2 where the trials do not decide', () => {
    const none = study(`objectives: { rto: 1s }\n${COSTS}`, '--search', '--trials', '50');
    expect([none.status, none.stderr]).toEqual([1, '']);
    expect(none.stdout).toContain('which no client setting shortens');
    expect(study(`objectives: { rto: 5m }\nsearch: { share: 99% }\n${COSTS}`, '--search').status).toBe(2);
  });

  it('refuses a study without objectives or costs at their place, and before it calls anybody in', () => {
    const aimless = study(COSTS, '--search', '--queue', 'redis://127.0.0.1:1');
    expect([aimless.status, aimless.stdout]).toEqual([65, '']);
    expect(aimless.stderr).toMatch(/test\.study\.yaml:5:1\n {2}found {5}no `objectives`/);
    const free = study('objectives: { rto: 60s }\nfactors: { dns: { path: name, values: [1] } }\n', '--search');
    expect(free.stderr).toMatch(/test\.study\.yaml:6:1\n {2}found {5}factors, none of which has `costs`/);
  });
});

describe('a study of rare events and years', () => {
  it('reports both, and exits with 2 where one has no answer', () => {
    const text = `rare: { writesLost: true, trials: 100, pilot: 200 }
availability:
  trials: 20
  years: 500
  failures: { host: { perYear: 2, fail: orders.primary, cause: host-failure } }
`;
    const { status, stdout } = study(text, '--json');
    expect(status).toBe(2);
    const result = JSON.parse(stdout) as {
      rare: { estimate: null; refused: string }[];
      availability: { figures: { minutes: { value: number }; years: number } }[];
    };
    expect(result.rare[0]?.refused).toContain('no trial of the pilot lost an acknowledged write');
    expect(result.availability[0]?.figures.years).toBe(500);
    expect(result.availability[0]?.figures.minutes.value).toBeGreaterThan(1);
  });

  it('exits with 2 where the budget is spent before the precision is reached', () => {
    const { status, stdout } = study('objectives: { rto: 5m }\n', '--precision', '1%', '--budget', '30');
    expect(status).toBe(2);
    expect(stdout).toContain('The budget was spent before the precision was reached.');
  });

  it('refuses mistakes at their line', () => {
    const { status, stdout, stderr } = study('rare: { recoverOver: 5m }\n');
    expect([status, stdout]).toEqual([65, '']);
    expect(stderr).toContain('test.study.yaml:5:');
    expect(stderr).toContain('the unknown key `recoverOver`');
    const long = study('rare: { recoveryOver: 5m, trials: 9000000 }\n');
    expect([long.status, long.stdout]).toEqual([64, '']);
    expect(long.stderr).toContain('found 9,001,000 trials for `rare` and `availability`');
  });
});
