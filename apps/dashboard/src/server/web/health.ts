import { monitorEventLoopDelay } from 'node:perf_hooks';

/** One line of `/metrics`, with what it means. */
interface Measure {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly value: number;
}

/** What the server counts of itself while it runs. */
export class Health {
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });
  readonly #startedAtMs = performance.now();
  connections = 0;
  refusals = 0;
  messages = 0;
  faultsOfOurs = 0;

  constructor() {
    this.#delay.enable();
  }

  close(): void {
    this.#delay.disable();
  }

  /** Prometheus text exposition format, version 0.0.4. */
  text(sessions: {
    readonly count: number;
    readonly bytes: number;
    readonly recordsMade: number;
    readonly lateUs: number;
  }): string {
    return this.#measures(sessions)
      .map(({ name, type, help, value }) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`)
      .join('');
  }

  #measures(sessions: Parameters<Health['text']>[0]): readonly Measure[] {
    const gauge = (name: string, value: number, help: string): Measure => ({
      name: `faultline_${name}`,
      type: 'gauge',
      help,
      value,
    });
    const counter = (name: string, value: number, help: string): Measure => ({
      name: `faultline_${name}_total`,
      type: 'counter',
      help,
      value,
    });
    const delaySeconds = (nanoseconds: number) => (Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0);
    return [
      gauge('sessions', sessions.count, 'Sessions that are open.'),
      gauge('connections', this.connections, 'Pages that are connected.'),
      gauge('kept_trace_bytes', sessions.bytes, 'Compressed traces of all sessions.'),
      counter('simulated_records', sessions.recordsMade, 'Trace records simulated.'),
      counter('late_seconds', sessions.lateUs / 1e6, 'Simulated time that was due before it had been simulated.'),
      counter('messages', this.messages, 'Messages received from pages.'),
      counter('refusals', this.refusals, 'Requests, connections and messages refused.'),
      counter('internal_faults', this.faultsOfOurs, 'Errors that are ours.'),
      gauge(
        'event_loop_delay_p50_seconds',
        delaySeconds(this.#delay.percentile(50)),
        'Median delay of the event loop.',
      ),
      gauge('event_loop_delay_p99_seconds', delaySeconds(this.#delay.percentile(99)), '99th percentile of that delay.'),
      gauge('resident_memory_bytes', process.memoryUsage.rss(), 'Memory of the process.'),
      gauge('uptime_seconds', (performance.now() - this.#startedAtMs) / 1_000, 'Time since the server began.'),
    ];
  }
}
