import { SingleBar } from 'cli-progress';

/** A progress bar on standard error, on a terminal only; elsewhere it is silent. `what` is counted. */
export function progressBar(what = 'trials'): { show(done: number, of: number): void; end(): void } {
  if (!process.stderr.isTTY) return { show: () => {}, end: () => {} };
  const bar = new SingleBar({
    format: `{bar} {percentage}% · {value}/{total} ${what} · {duration_formatted} · {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  let started = false;
  return {
    show(done, of) {
      if (!started) bar.start(of, 0);
      started = true;
      bar.update(done);
    },
    end() {
      if (started) bar.stop();
      started = false;
    },
  };
}
