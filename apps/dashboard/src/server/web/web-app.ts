import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Preparation } from '../preparation.ts';
import type { Recordings } from '../recording/recordings.ts';
import type { Sessions } from '../session/sessions.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { exportOf } from './exports.ts';
import type { Health } from './health.ts';
import { securityHeaders } from './security-headers.ts';

/** What the web server shows. */
export interface WebAppParts {
  readonly hosts: AllowedHosts;
  readonly sessions: Sessions;
  readonly recordings: Recordings;
  readonly preparation: Preparation;
  readonly health: Health;
  /** Folder of the built page. */
  readonly page: string;
}

/** The page, downloads, `/healthz` and `/metrics`. */
export function webApp(parts: WebAppParts): Express {
  const { hosts, sessions, health, page } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders);
  app.use((request: Request, response: Response, next: NextFunction) => {
    const refusal = hosts.refusal(request.headers);
    if (refusal === null) return next();
    health.refusals++;
    response.status(403).type('text/plain').send(`${refusal}\n`);
  });
  app.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok', sessions: sessions.count });
  });
  app.get('/metrics', (_request, response) => {
    response.set('Cache-Control', 'no-store').type('text/plain; version=0.0.4').send(health.text(parts));
  });
  app.get('/export/:session/:lane/:what', exportOf(sessions));
  app.use('/assets', express.static(join(page, 'assets'), { immutable: true, maxAge: '1y', index: false }));
  app.use(express.static(page, { maxAge: 0 }));
  app.use((_request: Request, response: Response) => {
    const isBuilt = existsSync(join(page, 'index.html'));
    const text = isBuilt
      ? 'There is nothing here: the page is at /.'
      : 'The page is not built: npm run build makes it.';
    response.status(404).type('text/plain').send(`${text}\n`);
  });
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const status = error instanceof URIError ? 400 : 500;
    if (status === 500) health.faultsOfOurs++;
    response
      .status(status)
      .type('text/plain')
      .send(status === 400 ? 'This address cannot be read.\n' : 'This went wrong.\n');
  });
  return app;
}
