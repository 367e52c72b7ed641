import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_LIMIT_MS, requireBuild, runLine } from './command-line.ts';
import { PROJECT_FILES, ROOT, readProjectFile } from './project-files.ts';
import { isShell, parseBlocks, parseCommands } from './readme-blocks.ts';

const READMES = PROJECT_FILES.filter((path) => /^(?:(?:packages|apps)\/[^/]+\/)?README\.md$/.test(path));

const blocks = READMES.flatMap((path) => parseBlocks(readProjectFile(path)).map((block) => ({ path, ...block })));
const commands = blocks
  .filter(isShell)
  .flatMap((block) => parseCommands(block).map((command) => ({ ...command, at: `${block.path}:${command.line}` })));

const OURS = /^(?:\w+=\S* )*(?:npx )?faultline\b/;
/** Commands that this very test run consists of, that contain it, or that fetch the project. */
const RUN_ELSEWHERE = /^(?:git clone|cd|npm (?:ci|cit|start|test|run \S+)(?: && npm \w+)*)(?:\s|$)/;

const scenarios = blocks
  .filter(({ info }) => /^ya?ml scenario\b/.test(info))
  .map(({ path, line, text }) => ({ at: `${path}:${line}`, text }));

const ours = commands.filter(({ text }) => OURS.test(text));
const elsewhere = commands.filter(({ text }) => !OURS.test(text) && RUN_ELSEWHERE.test(text));
const unknown = commands.filter(({ text }) => !OURS.test(text) && !RUN_ELSEWHERE.test(text));

/** Runs a command and shows the end of what it printed. */
function run(line: string): { exitCode: number | null; output: string } {
  const { exitCode, stdout, stderr } = runLine(line.replace(/\bnpx faultline\b/, 'faultline'));
  return { exitCode, output: `${stdout}${stderr}`.slice(-2_000) };
}

describe('law: what a README shows works', () => {
  beforeAll(() => {
    const list = (some: readonly { at: string; text: string }[]) =>
      some.map(({ at, text }) => `\n  ${at}: ${text.split('\n')[0]}`).join('');
    console.info(
      `${ours.length} commands to run${list(ours)}\n` +
        `${scenarios.length} scenarios to run${list(scenarios)}\n` +
        `${elsewhere.length} commands that CI runs itself${list(elsewhere)}`,
    );
    if (ours.length + scenarios.length > 0) requireBuild();
  });

  it.each(ours)(
    '$at: $text',
    ({ text, exitCode, at }) => {
      const result = run(text);
      const advice = `${at}: \`${text}\` has to exit with ${exitCode}. To expect another code, put "# exits N" above it.`;
      expect(result.exitCode, `${advice}\n${result.output}`).toBe(exitCode);
    },
    COMMAND_LIMIT_MS + 10_000,
  );

  it.each(scenarios)(
    'the scenario in $at',
    ({ text, at }) => {
      const file = `out/readme-scenarios/${at.replaceAll(/[^a-z0-9]+/gi, '-')}.yaml`;
      mkdirSync(join(ROOT, 'out/readme-scenarios'), { recursive: true });
      writeFileSync(join(ROOT, file), text);
      const result = run(`faultline run ${file} --json`);
      expect(result.exitCode, `${at}: this scenario has to run and meet its own expectations\n${result.output}`).toBe(
        0,
      );
    },
    COMMAND_LIMIT_MS + 10_000,
  );

  it('shows no command that nobody tries', () => {
    const advice = 'Write it as a faultline command, or explain in RUN_ELSEWHERE why it is tried elsewhere.';
    expect(
      unknown.map(({ at, text }) => `${at}: ${text}`),
      advice,
    ).toEqual([]);
  });
});

describe('the reading of Markdown', () => {
  const markdown = [
    'Try:',
    '```console',
    '$ faultline list',
    'kinds and faults',
    '# exits 65',
    '$ npx faultline run missing.yaml \\',
    '    --seed 7',
    '```',
    '````yaml scenario',
    '```',
    '````',
    '```sh',
    '# the main job',
    'npm ci && npm start',
    '```',
  ].join('\n');

  it('finds blocks with their place', () => {
    expect(parseBlocks(markdown).map(({ info, line }) => ({ info, line }))).toEqual([
      { info: 'console', line: 3 },
      { info: 'yaml scenario', line: 10 },
      { info: 'sh', line: 13 },
    ]);
    expect(() => parseBlocks('```sh\nfaultline list')).toThrow('never closed');
  });

  it('finds commands with their exit codes, and leaves output and comments alone', () => {
    expect(parseBlocks(markdown).filter(isShell).flatMap(parseCommands)).toEqual([
      { line: 3, text: 'faultline list', exitCode: 0 },
      { line: 7, text: 'npx faultline run missing.yaml --seed 7', exitCode: 65 },
      { line: 14, text: 'npm ci && npm start', exitCode: 0 },
    ]);
  });

  it('runs a line with the project on its path and reports how it ended', () => {
    expect(run('exit 3').exitCode).toBe(3);
    expect(run('command -v tsc').output.trim()).toBe(join(ROOT, 'node_modules/.bin/tsc'));
  });
});
