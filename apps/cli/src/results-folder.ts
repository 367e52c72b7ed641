import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Scenario, stringifyScenario } from '@faultline/scenario';
import { CommandError, EXIT } from './exit-codes.ts';
import { makeFolders } from './make-folders.ts';
import { TraceFile } from './trace-file.ts';

/**
 * What a run leaves on disk: `<out>/<scenario>/<seed>-<digest>/` with the scenario, the trace, the report and the
 * result, and `<out>/<scenario>/latest` pointing at the newest. The folder appears whole or not at all.
 */
export class ResultsFolder {
  readonly #parent: string;
  readonly #partial: string;
  readonly trace: TraceFile;

  constructor(out: string, scenario: Scenario) {
    this.#parent = join(out, scenario.name);
    try {
      makeFolders(this.#parent);
      this.#partial = mkdtempSync(join(this.#parent, '.partial-'));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
      throw new CommandError(
        `--out ${out}: cannot be written (${code}); expected a folder of yours, for example --out out`,
        EXIT.usage,
      );
    }
    this.trace = new TraceFile(join(this.#partial, 'trace.ndjson'));
    writeFileSync(join(this.#partial, 'scenario.yaml'), stringifyScenario(scenario));
  }

  /** Gives the folder its name; an earlier run with the same digest left the same files. Returns its path. */
  finish(seed: string, digest: string, report: string, result: unknown): string {
    this.trace.close();
    writeFileSync(join(this.#partial, 'report.txt'), `${report}\n`);
    writeFileSync(join(this.#partial, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
    const name = `${seed}-${digest.slice(0, 16)}`;
    const path = join(this.#parent, name);
    rmSync(path, { recursive: true, force: true });
    renameSync(this.#partial, path);
    const latest = join(this.#parent, 'latest');
    rmSync(latest, { force: true });
    symlinkSync(name, latest);
    return path;
  }
}
