import { monitorEventLoopDelay } from 'node:perf_hooks';

/** One line of `/metrics`, with what it means. */
interface Measure {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly value: number;
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Whom it asks besides. */
export interface MeasuredParts {
  readonly sessions: { readonly count: number; readonly recordsMade: number; readonly lateUs: number };
  readonly recordings: {
    readonly count: number;
    readonly bytes: number;
    readonly backlogRecords: number;
    readonly reused: number;
  };
  readonly preparation: { readonly done: number; readonly recordsMade: number };
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
  text(parts: MeasuredParts): string {
    return this.#measures(parts)
      .map(({ name, type, help, value }) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`)
      .join('');
  }

  #measures({ sessions, recordings, preparation }: MeasuredParts): readonly Measure[] {
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
      gauge('kept_trace_bytes', recordings.bytes, 'Compressed traces of all runs that are kept.'),
      gauge('kept_runs', recordings.count, 'Runs that are kept: watched now, watched before, or prepared.'),
      gauge(
        'unwritten_records',
        recordings.backlogRecords,
        'Records simulated in a hurry that are not compressed yet.',
      ),
      gauge('prepared_runs', preparation.done, 'Runs that were simulated before anybody asked for them.'),
      counter('reused_runs', recordings.reused, 'Times that a run was there already when it was asked for.'),
      counter('simulated_records', sessions.recordsMade + preparation.recordsMade, 'Trace records simulated.'),
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
      counter('processor_seconds', processorSeconds(), 'Processor time of all threads of the process.'),
      gauge('resident_memory_bytes', process.memoryUsage.rss(), 'Memory of the process.'),
      gauge('uptime_seconds', (performance.now() - this.#startedAtMs) / 1_000, 'Time since the server began.'),
    ];
  }
}
