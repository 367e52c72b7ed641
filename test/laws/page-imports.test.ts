import { describe, expect, it } from 'vitest';
import { PROJECT_FILES, readProjectFile } from './project-files.ts';

const PAGE = 'apps/dashboard/src/client/';

/** What a browser may be sent: code of the page, the protocol, packages without a host, and small libraries. */
const ALLOWED = [
  /^\.\.?\//,
  /^@faultline\/(?:metrics|report|trace)$/,
  /^preact(?:\/hooks|\/compat)?$/,
  /^d3-(?:scale|shape)$/,
  /^zod$/,
];

const importsIn = (source: string): readonly string[] =>
  [...source.matchAll(/(?:from|import) '([^']+)'/g)].map(([, name]) => name as string);

describe('law: the page holds only what a browser may be sent', () => {
  const files = PROJECT_FILES.filter(
    (path) => path.startsWith(PAGE) && /\.tsx?$/.test(path) && !path.endsWith('.test.ts'),
  );

  it('imports itself, the protocol and browser-safe packages', () => {
    const wrong = files.flatMap((path) =>
      importsIn(readProjectFile(path))
        .filter((name) => !ALLOWED.some((pattern) => pattern.test(name)))
        .map((name) => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('never imports the server', () => {
    const wrong = files.filter((path) => /from '(?:\.\.\/)+server\//.test(readProjectFile(path)));
    expect(wrong).toEqual([]);
  });

  it('sees an import that is not allowed', () => {
    expect(importsIn("import { a } from 'node:fs';\nimport './b.css';")).toEqual(['node:fs', './b.css']);
    expect(files.length).toBeGreaterThan(20);
  });
});
