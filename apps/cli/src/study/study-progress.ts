import { performance } from 'node:perf_hooks';
import { duration, durationInterval } from '@faultline/report';
import { quantileText, type Study } from '@faultline/scenario';
import type { StudyRun } from '@faultline/study';
import { progressBar } from '../progress.ts';

const REFRESH_MS = 1_000;

/** Watched where the study asks for no precision. */
const DEFAULT_QUANTILE = 0.99;

/** Progress of a study: trials, how many a second, and the interval so far of the quantile that matters. */
export function studyProgress(run: StudyRun, { precision, cells }: Study): { show(): void; end(): void } {
  const quantile = precision?.quantile ?? DEFAULT_QUANTILE;
  const bar = progressBar();
  let refreshedMs = Number.NEGATIVE_INFINITY;
  let note = '';
  return {
    show() {
      const { done, planned } = run.progress;
      // Quantiles of many trials take a while to find: once a second is enough for anybody who watches.
      if (bar.visible && performance.now() - refreshedMs > REFRESH_MS) {
        refreshedMs = performance.now();
        note = watchedNote(run, quantile, cells.length > 1);
      }
      bar.show(done, planned, note);
    },
    end: () => bar.end(),
  };
}

function watchedNote(run: StudyRun, quantile: number, named: boolean): string {
  const watched = run.watched(quantile);
  if (watched === null) return '';
  const { label, estimate } = watched;
  return ` · ${quantileText(quantile)} ${duration(estimate.value)} (${durationInterval(estimate)})${named ? `, ${label}` : ''}`;
}
