import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Study } from '@faultline/scenario';
import { columnsOf, StudyRun, type TrialSummary } from '@faultline/study';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, describe, expect, it } from 'vitest';
import { CommandError } from '../exit-codes.ts';
import { readStudyFile } from '../study-file.ts';
import { StudyFolder } from './study-folder.ts';

const scratch = mkdtempSync(join(tmpdir(), 'faultline-results-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const STUDY = fileURLToPath(new URL('../../../../simulations/studies/client-settings.study.yaml', import.meta.url));
const { study: written, source } = readStudyFile(STUDY);
let folders = 0;
const newFolder = (): string => join(scratch, String(folders++));

/** A made-up outcome that depends on cell and trial alone. */
function outcome(cell: number, trial: number): TrialSummary {
  const recoveryUs = (trial * 7) % 50 === 0 ? Number.POSITIVE_INFINITY : 60_000_000 + cell * 1_000 + trial;
  return {
    trial,
    recoveryUs,
    failed: trial % 5,
    indeterminate: cell,
    lost: 0,
    lossSpanUs: 0,
    lostUpdates: 0,
    phases: [
      { phase: 'detection', actor: 'provider', us: 40_000_000 },
      { phase: 'dns-cache', actor: 'customer', us: cell },
      { phase: 'detection', actor: 'provider', us: trial },
    ],
    steps: [],
  };
}

/** Carries a study out into a folder; stops as a killed process would once `blocks` of them are done. */
function carriedOut(path: string, study: Study, blocks = Number.POSITIVE_INFINITY) {
  const folder = new StudyFolder(path, source, study);
  let done = 0;
  try {
    const run = new StudyRun(study, folder.sink, folder.known);
    for (let jobs = run.nextRound(); jobs.length > 0; jobs = run.nextRound()) {
      for (const { block, collect } of jobs) {
        if (done++ === blocks) return { done: blocks, digest: null, result: null };
        const cell = study.cells.findIndex(({ scenario }) => scenario === block.scenario);
        const trials = Array.from({ length: block.to - block.from + 1 }, (_, index) => block.from + index);
        collect(
          columnsOf(
            block.from,
            trials.map((trial) => outcome(cell, trial)),
          ),
        );
      }
    }
    return { done, digest: folder.finish({ json: '{}', text: '', html: '' }), result: run.result() };
  } finally {
    folder.close();
  }
}

const filesOf = (path: string) =>
  readdirSync(path).map((name) => [
    name,
    createHash('sha256')
      .update(readFileSync(join(path, name)))
      .digest('hex'),
  ]);

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof CommandError) return `${error.exitCode}: ${error.message.replaceAll(scratch, '')}`;
    throw error;
  }
  return 'nothing was refused';
}

const study: Study = { ...written, trials: 110 };
const whole = newFolder();
const uninterrupted = carriedOut(whole, study);

describe('the folder of a study', () => {
  it('holds the same files however often the study was stopped, at whatever byte', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 29 }),
        fc.nat(2_000),
        fc.integer({ min: 1, max: 110 }),
        (stop, cut, first) => {
          const path = newFolder();
          carriedOut(path, { ...study, trials: first }, stop);
          const rows = join(path, 'trials.ndjson');
          truncateSync(rows, Math.max(0, statSync(rows).size - cut));
          if (readFileSync(join(path, 'manifest.json'), 'utf8').includes('"finished"')) return;
          const resumed = carriedOut(path, study);
          expect(resumed.result).toEqual(uninterrupted.result);
          expect(filesOf(path)).toEqual(filesOf(whole));
        },
      ),
      { seed: 7, numRuns: 25 },
    );
  });

  it('is extended by what is missing alone', () => {
    const path = newFolder();
    expect(carriedOut(path, { ...study, trials: 50 }).done).toBe(12);
    expect(carriedOut(path, study).done).toBe(uninterrupted.done - 12);
    expect(filesOf(path)).toEqual(filesOf(whole));
  });

  it('goes on where cells need more trials than others', () => {
    const precision = { quantile: 0.5, within: 0.001, budget: 100 };
    const [path, other] = [newFolder(), newFolder()];
    carriedOut(path, { ...study, trials: 30, precision });
    carriedOut(path, { ...study, trials: 30, precision: { ...precision, budget: 240 } });
    carriedOut(other, { ...study, trials: 30, precision: { ...precision, budget: 240 } });
    expect(filesOf(path)).toEqual(filesOf(other));
  });

  it('has the rows trial by trial, as NDJSON and as Parquet', async () => {
    const lines = readFileSync(join(whole, 'trials.ndjson'), 'utf8').trimEnd().split('\n');
    const rows = lines.map((line) => JSON.parse(line));
    expect(rows.map(({ trial, cell }) => [trial, cell]).slice(5, 8)).toEqual([
      [1, 5],
      [2, 0],
      [2, 1],
    ]);
    expect(rows[6]).toMatchObject({ recoveryUs: 60_000_002, phases: { detection: 40_000_002 } });
    expect(rows.find(({ trial }) => trial === 50)?.recoveryUs).toBeNull();
    const parquet = await parquetReadObjects({ file: await asyncBufferFromFile(join(whole, 'trials.parquet')) });
    expect(parquet.length).toBe(660);
    expect(parquet[7]).toMatchObject({
      trial: 2,
      cell: 1,
      label: 'dns-cache=ttl connect-timeout=10s',
      recoveryUs: 60_001_002,
      detectionUs: 40_000_002,
      dnsCacheUs: 1,
      inServiceUs: 0,
    });
    expect(parquet.find(({ trial }) => trial === 50)?.recoveryUs).toBe(Number.POSITIVE_INFINITY);
  });

  it('is never overwritten, and takes no other study', () => {
    const before = filesOf(whole);
    expect(refusal(() => carriedOut(whole, study))).toMatch(
      /^64: --out \/0: found this result there already.*--trials 220.*--reproduce/,
    );
    expect(refusal(() => carriedOut(whole, { ...study, trials: 30 }))).toMatch(/^64: .*110 trials a cell.*the 30 that/);
    expect(refusal(() => carriedOut(whole, { ...study, seed: '8', trials: 200 }))).toMatch(
      /a result with seed 7, but this study has 8/,
    );
    expect(refusal(() => carriedOut(whole, { ...study, cells: study.cells.slice(1) }))).toMatch(
      /other factors, or another scenario/,
    );
    expect(filesOf(whole)).toEqual(before);
  });

  it('is told from folders that hold something else', () => {
    const path = newFolder();
    mkdirSync(path);
    writeFileSync(join(path, 'photo.jpg'), '');
    expect(refusal(() => carriedOut(path, study))).toMatch(/^64: .*holds something else \(photo.jpg\)/);
    expect(refusal(() => carriedOut(join(path, 'photo.jpg'), study))).toMatch(/^64: .*found a file/);
    expect(readdirSync(path)).toEqual(['photo.jpg']);
  });

  it('says when its manifest or its rows were changed', () => {
    const path = newFolder();
    carriedOut(path, { ...study, trials: 25 });
    const manifest = join(path, 'manifest.json');
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace('"seed": "7"', '"seed": "8"'));
    expect(refusal(() => carriedOut(path, study))).toMatch(/^65: .*manifest.json: found contents that were changed/);
    writeFileSync(manifest, text.replace('"faultlineStudy": 3', '"faultlineStudy": 1'));
    expect(refusal(() => carriedOut(path, study))).toMatch(/^65: .*found format 1, expected 3/);
    writeFileSync(manifest, '{"');
    expect(refusal(() => carriedOut(path, study))).toMatch(/^65: .*no JSON object/);
    writeFileSync(manifest, text);
    const rows = join(path, 'trials.ndjson');
    writeFileSync(rows, readFileSync(rows, 'utf8').replace('"failed":1', '"failed":2'));
    expect(refusal(() => carriedOut(path, study))).toMatch(/^65: .*trials.ndjson: found rows that are not those/);
    expect(readFileSync(manifest, 'utf8')).toBe(text);
  });

  it('is written by one process at a time', () => {
    const path = newFolder();
    carriedOut(path, study, 3);
    const lock = join(path, 'lock.json');
    writeFileSync(lock, JSON.stringify({ pid: process.ppid, host: 'elsewhere' }));
    expect(refusal(() => carriedOut(path, study))).toMatch(/^64: .*another process at work there/);
    // No process has such a number: whoever held the lock was killed.
    writeFileSync(lock, JSON.stringify({ pid: 2 ** 30, host: hostname() }));
    expect(carriedOut(path, study).digest).toBe(uninterrupted.digest);
  });
});
