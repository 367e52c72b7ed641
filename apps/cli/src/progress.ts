import { SECOND_US } from '@faultline/clock';
import { duration } from '@faultline/report';
import { SingleBar } from 'cli-progress';

/** What a progress bar can be told. `note` is added to the line as it is. */
export interface ProgressBar {
  /** False where nobody watches. */
  readonly visible: boolean;
  show(done: number, of: number, note?: string): void;
  end(): void;
}

/** A progress bar on standard error, on a terminal only; elsewhere it is silent. `what` is counted. */
export function progressBar(what = 'trials'): ProgressBar {
  if (!process.stderr.isTTY) return { visible: false, show: () => {}, end: () => {} };
  const bar = new SingleBar({
    format: `{bar} {percentage}% · {value}/{total} ${what} · {rate} ${what}/s · {left} left{note}`,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  let startedMs: number | null = null;
  let before = 0;
  return {
    visible: true,
    show(done, of, note = '') {
      if (startedMs === null) {
        startedMs = Date.now();
        before = done;
        bar.start(of, done, { rate: '–', left: '–', note });
      }
      // The total grows where a study looks at its figures and finds that they are not sure enough.
      bar.setTotal(of);
      const seconds = (Date.now() - startedMs) / 1_000;
      const rate = seconds > 0 ? (done - before) / seconds : 0;
      const left = rate > 0 ? duration(Math.round((of - done) / rate) * SECOND_US) : '–';
      bar.update(done, { rate: rate > 0 ? Math.round(rate) : '–', left, note });
    },
    end() {
      if (startedMs !== null) bar.stop();
      startedMs = null;
    },
  };
}
