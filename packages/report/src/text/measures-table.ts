import type { RecoveryResult, RunMetrics } from '@faultline/metrics';
import { count, duration, percent } from './figures.ts';
import type { TextStyle } from './style.ts';
import { table } from './table.ts';

/** One line for each cohort and action: how long it was interrupted, and what became of its operations. */
export function measuresLines(metrics: RunMetrics, { width, palette }: TextStyle): readonly string[] {
  const columns = [
    { title: 'clients' },
    { title: 'recovery', align: 'right' as const },
    { title: '1st success', align: 'right' as const },
    { title: '99% clients', align: 'right' as const },
    { title: 'ok', align: 'right' as const },
    { title: 'failed', align: 'right' as const },
    { title: 'unsure', align: 'right' as const },
    { title: 'success', align: 'right' as const },
    { title: 'p99 took', align: 'right' as const },
  ];
  const rows = metrics.recovery.map((one) => {
    const { overall } = one;
    const all = overall.ok + overall.failed + overall.indeterminate;
    const latency = metrics.latency.find((each) => each.cohort === one.cohort && each.action === one.action);
    return [
      `${one.cohort} ${one.action}s`,
      recoveryCell(one, palette),
      one.affected ? duration(one.timeToFirstSuccessUs) : '-',
      one.affected ? duration(one.clientsP99Us) : '-',
      count(overall.ok),
      count(overall.failed),
      count(overall.indeterminate),
      all === 0 ? '-' : percent(overall.ok / all),
      latency === undefined ? '-' : duration(latency.p99Us),
    ];
  });
  return table(columns, rows, { width, paintTitle: palette.faint });
}

function recoveryCell({ affected, recovered, recoveryTimeUs }: RecoveryResult, palette: TextStyle['palette']): string {
  if (!affected) return palette.good('unaffected');
  if (recovered === false) return palette.bad('never');
  return recovered === 'unconfirmed' ? palette.unsure(`${duration(recoveryTimeUs)}?`) : duration(recoveryTimeUs);
}
