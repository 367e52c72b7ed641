import type { Scenario } from '@faultline/scenario';
import type { ClientMessageOf } from '../../protocol/client-messages.ts';

/** What can be downloaded of a run. */
export type ExportedPart = ClientMessageOf<'export'>['what'];

const ENDINGS: Readonly<Record<ExportedPart, string>> = {
  trace: 'ndjson',
  scenario: 'yaml',
  metrics: 'json',
  report: 'html',
};

export function isExportedPart(text: string): text is ExportedPart {
  return Object.hasOwn(ENDINGS, text);
}

/** What a browser calls the file. */
export function exportName({ name, seed }: Scenario, part: ExportedPart): string {
  return `${name}-seed-${seed}.${ENDINGS[part]}`;
}
