import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kinds } from '@faultline/models';
import { causes } from '@faultline/scenario';
import { comparisonFaults } from '@faultline/study';
import type { Catalogue } from '../protocol/catalogue.ts';

const SIMULATIONS = fileURLToPath(new URL('../../../../simulations/', import.meta.url));

/** One scenario that shows every part of an outage within a few minutes. */
const OPENING = 'rds-multi-az-instance/host-failure';

/** What there is to choose from, and the text of every scenario that comes with the project. */
export class Scenarios {
  readonly catalogue: Catalogue;
  readonly #texts: ReadonlyMap<string, string>;

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
    this.catalogue = {
      scenarios: [...texts].map(([name, text]) => ({
        name,
        family: name.split('/', 1)[0] as string,
        summary: /^summary:\s*(["']?)(.+)\1$/m.exec(text)?.[2] ?? '',
      })),
      kinds: [...kinds.values()].map(({ id, title, summary, requests, roles }) => ({
        id,
        title,
        summary,
        requests: [...requests],
        roles: [...roles],
      })),
      causes: [...causes.values()].map(({ id, summary, targets, options, lasts }) => ({
        id,
        summary,
        targets: [...targets],
        options: { ...options },
        lasts,
      })),
      raceFaults: [...comparisonFaults.values()].map(({ id, summary }) => ({ id, summary })),
      opening: texts.has(OPENING) ? OPENING : ([...texts.keys()][0] ?? ''),
    };
  }

  /** The text of a scenario by its name in the catalogue. */
  text(name: string): string | undefined {
    return this.#texts.get(name);
  }

  names(): readonly string[] {
    return [...this.#texts.keys()];
  }
}

/** The scenarios of the project, by family and name. */
export function bundledScenarios(folder: string = SIMULATIONS): Scenarios {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !path.endsWith('.study.yaml'))
    .sort();
  return new Scenarios(
    new Map(
      files.map((path) => [
        path.slice(0, -'.yaml'.length).replaceAll('\\', '/'),
        readFileSync(`${folder}/${path}`, 'utf8'),
      ]),
    ),
  );
}
