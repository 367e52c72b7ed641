import { pipeline, Readable } from 'node:stream';
import { runHtml } from '@faultline/report';
import { stringifyScenario } from '@faultline/scenario';
import type { Request, Response } from 'express';
import type { Recording } from '../recording/recording.ts';
import { TraceReader } from '../recording/trace-reader.ts';
import { type ExportedPart, exportName, isExportedPart } from '../session/export-name.ts';
import { replayCommand } from '../session/saved-run.ts';
import type { Sessions } from '../session/sessions.ts';

const LINES_AT_ONCE = 1_000;

const TYPES = { scenario: 'text/plain', metrics: 'application/json', report: 'text/html' } as const;

/** Downloads of what a session has simulated. Its id, which only its page knows, is the key. */
export function exportOf(sessions: Sessions) {
  return (request: Request, response: Response): void => {
    const { session: id = '', lane = '', what = '' } = request.params as Record<string, string>;
    const recording = sessions.find(id)?.stage.lanes[Number(lane)]?.recording;
    if (!recording || recording.result === null) {
      response.status(404).type('text/plain').send('There is no such run here, or it is not finished.\n');
      return;
    }
    if (!isExportedPart(what)) {
      response.status(404).type('text/plain').send('Expected trace, scenario, metrics or report.\n');
      return;
    }
    response.attachment(exportName(recording.scenario, what));
    if (what === 'trace') pipeline(Readable.from(traceOf(recording)), response.type('application/x-ndjson'), () => {});
    else response.type(TYPES[what]).send(textOf(recording, what));
  };
}

function* traceOf({ store }: Recording): Generator<string> {
  const reader = new TraceReader(store);
  for (let seq = 0; seq < store.records; seq += LINES_AT_ONCE)
    yield `${reader.lines(seq, seq + LINES_AT_ONCE).join('\n')}\n`;
}

function textOf({ scenario, header, result }: Recording, what: Exclude<ExportedPart, 'trace'>): string {
  if (what === 'scenario') return stringifyScenario(scenario);
  if (result === null) return '';
  const { metrics, verdicts, digest } = result;
  if (what === 'report') return runHtml({ header, metrics, verdicts }, { digest, command: replayCommand(scenario) });
  return `${JSON.stringify({ scenario: scenario.name, seed: scenario.seed, digest, verdicts, metrics }, null, 2)}\n`;
}
