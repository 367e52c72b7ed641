import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Packages whose version can change what a result holds: they execute charts, let work arrive, read and write files. */
const PACKAGES = ['xstate', 'rxjs', 'yaml', 'hyparquet-writer'] as const;

/** What a result was made with. */
export interface Versions {
  readonly faultline: string;
  readonly node: string;
  readonly packages: Readonly<Record<string, string>>;
}

export function versions(): Versions {
  const require = createRequire(import.meta.url);
  const packages = PACKAGES.map((name): [string, string] => {
    const places = (require.resolve.paths(name) ?? []).map((folder) => join(folder, name, 'package.json'));
    const file = places.find((place) => existsSync(place));
    return [name, file === undefined ? 'unknown' : versionIn(file)];
  });
  return {
    faultline: versionIn(require.resolve('../../package.json')),
    node: process.versions.node,
    packages: Object.fromEntries(packages),
  };
}

function versionIn(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
