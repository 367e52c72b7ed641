import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Executor, threadExecutor } from '@faultline/study';
import { bundledScenarios, type Scenarios } from './catalogue.ts';
import { type HostClock, hostClock } from './host-clock.ts';
import { defaultLimits, type ServerLimits } from './limits.ts';
import { Preparation } from './preparation.ts';
import { Recordings } from './recording/recordings.ts';
import { Sessions } from './session/sessions.ts';
import { AllowedHosts } from './web/allowed-hosts.ts';
import { Health } from './web/health.ts';
import { Sockets } from './web/sockets.ts';
import { webApp } from './web/web-app.ts';

/** Time passes for pages in steps of this. */
const TICK_MS = 33;
const CHECK_EVERY_MS = 5_000;

/** What nobody has asked for is simulated in slices of this. */
const PREPARING_MS = 8;

const REQUEST_MS = 10_000;

const PAGE = fileURLToPath(new URL('../../dist/client/', import.meta.url));

export interface DashboardOptions {
  /** Address to listen at. */
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Names, beside the loopback ones, under which pages may come. */
  readonly allowedHosts: readonly string[];
  readonly limits?: Partial<ServerLimits>;
  readonly clock?: HostClock;
  readonly scenarios?: Scenarios;
  /** Folder of the built page. */
  readonly page?: string;
  /** Where trials run; threads beside this one, unless given. */
  readonly executor?: () => Executor;
  /** Told of what is our fault. */
  readonly report: (message: string) => void;
}

/** A dashboard that is being served. */
export interface Dashboard {
  /** Where the page is, e.g. `http://127.0.0.1:7878/`. */
  readonly url: string;
  readonly sessions: Sessions;
  readonly recordings: Recordings;
  /** Tells all pages, and resolves when nothing is open any more. */
  close(): Promise<void>;
}

/** Serves the dashboard. Rejects when it cannot listen, e.g. with the code EADDRINUSE. */
export async function serveDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { clock = hostClock, scenarios = bundledScenarios() } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const health = new Health();
  const executor = onceOnly(options.executor ?? (() => threadExecutor(1)));
  const report = (message: string) => {
    health.faultsOfOurs++;
    options.report(message);
  };
  const recordings = new Recordings(limits);
  const preparation = new Preparation(scenarios, recordings, limits.preparedBytes);
  const sessions = new Sessions({ scenarios, limits, recordings, executor: executor.get, report });
  const hosts = new AllowedHosts([...options.allowedHosts, ...(isAnyAddress(options.host) ? [] : [options.host])]);
  const http = createServer(webApp({ hosts, sessions, recordings, preparation, health, page: options.page ?? PAGE }));
  // Whoever sends a request a letter at a time does not hold a connection for long.
  http.headersTimeout = REQUEST_MS;
  http.requestTimeout = REQUEST_MS;
  const sockets = new Sockets(http, hosts, { sessions, catalogue: scenarios.catalogue, limits, health, clock, report });
  await listen(http, options);
  const stop = keepGoing({ sessions, recordings, sockets, preparation }, clock);
  return {
    url: urlOf(options.host, (http.address() as AddressInfo).port),
    sessions,
    recordings,
    async close() {
      stop();
      preparation.close();
      sessions.close('The server is shutting down.');
      await closed(http, sockets);
      health.close();
      await executor.close();
    },
  };
}

interface Parts {
  readonly sessions: Sessions;
  readonly recordings: Recordings;
  readonly sockets: Sockets;
  readonly preparation: Preparation;
}

/**
 * Lets time pass, and simulates whenever nothing else is to be done: for sessions first. While none wants anything, what
 * somebody may want next is prepared: the opening at once, all else at one slice a tick, to leave the machine to others.
 */
function keepGoing({ sessions, recordings, sockets, preparation }: Parts, clock: HostClock): () => void {
  const nowMs = () => clock.nowMs();
  let immediate: NodeJS.Immediate | null = null;
  /** Returns whether there is more to do at once. */
  const doOthers = (isFirst: boolean): boolean => {
    const untilMs = nowMs() + PREPARING_MS;
    const isOver = () => nowMs() >= untilMs;
    const { isUrgent } = preparation;
    if (!isUrgent && recordings.writeDown(isOver)) return true;
    if (isUrgent || isFirst) preparation.work(isOver);
    return isUrgent;
  };
  const simulate = (isFirst: boolean): void => {
    const goesOn = sessions.work(nowMs) || doOthers(isFirst);
    immediate = goesOn ? setImmediate(simulate, false) : null;
  };
  const tick = setInterval(() => {
    sessions.tick(nowMs());
    immediate ??= setImmediate(simulate, true);
  }, TICK_MS);
  const check = setInterval(() => {
    sockets.check();
    sessions.sweep(nowMs());
  }, CHECK_EVERY_MS);
  return () => {
    clearInterval(tick);
    clearInterval(check);
    if (immediate !== null) clearImmediate(immediate);
  };
}

async function listen(http: Server, { host, port }: DashboardOptions): Promise<void> {
  http.listen({ host, port });
  // Rejects with the error event.
  await once(http, 'listening');
}

/** Pages get a moment to hear the goodbye. */
const GOODBYE_MS = 250;

async function closed(http: Server, sockets: Sockets): Promise<void> {
  const end = once(http, 'close');
  http.close();
  http.closeIdleConnections();
  const impatience = setTimeout(() => {
    sockets.close();
    http.closeAllConnections();
  }, GOODBYE_MS);
  await end;
  clearTimeout(impatience);
  sockets.close();
}

/** Makes an executor when it is first asked for one, since its threads take memory. */
function onceOnly(make: () => Executor): { get(): Executor; close(): Promise<void> } {
  let executor: Executor | null = null;
  return {
    get() {
      executor ??= make();
      return executor;
    },
    close: async () => executor?.close(),
  };
}

function isAnyAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function urlOf(host: string, port: number): string {
  const name = isAnyAddress(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}/`;
}
