import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Debian's package takes a while to come and unpack. */
const INSTALL_LIMIT_MS = 300_000;

/**
 * A real Chromium: `CHROMIUM_PATH`, or one on the path. Where there is none, the distribution's package is installed
 * if that can be done (Debian-like, root); otherwise this throws with one line that says what to install.
 */
export function findChromium(): string {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined) {
    if (existsSync(given)) return given;
    throw new Error(`CHROMIUM_PATH: found ${given}, which does not exist; expected the path of a Chromium`);
  }
  const found = onPath();
  if (found !== null) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    install();
    const installed = onPath();
    if (installed !== null) return installed;
  }
  throw new Error('no Chromium: install the package chromium, or set CHROMIUM_PATH');
}

function onPath(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const name of NAMES) {
    const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
  }
  return null;
}

function install(): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    spawnSync('apt-get', words, { env: environment, stdio: 'ignore', timeout: INSTALL_LIMIT_MS });
  }
}
