import {
  type FaultView,
  type RunMetrics,
  type SegmentPhase,
  type ViewState,
  waterfallUntil,
  worstRecoveryAt,
} from '@faultline/metrics';
import { count, duration } from '@faultline/report';
import type { HeaderRecord } from '@faultline/trace';
import type { Lane } from '../session/model.ts';
import { metricsAt } from '../session/viewed.ts';

/** What happens now, for somebody who sees this page for the first time. */
export interface Narration {
  readonly standing: 'well' | 'interrupted' | 'recovered' | 'over';
  readonly title: string;
  readonly sentence: string;
}

const PHASE_WORDS: Readonly<Record<SegmentPhase, string>> = {
  'fault-lasts': 'Nothing is done that helps: it ends when its cause does.',
  detection: 'Nobody acts yet: the failure has to be noticed and confirmed.',
  decision: 'It is being decided who takes over.',
  promotion: 'A new node is being promoted.',
  recovery: 'The new node replays its log before it lets anybody in.',
  'endpoint-change': 'The database is back; its name is being moved to the new node.',
  'dns-cache': 'The database is back, but clients still hold the old address.',
  reconnect: 'Clients open new connections.',
  'first-success': 'Clients are connected and wait for an operation to succeed.',
  'in-service': 'Service is back for now.',
};

export function narrate(lane: Lane, view: ViewState, nowUs: number): Narration {
  const { header } = lane;
  const metrics = metricsAt(lane, nowUs);
  const worst = metrics === null ? null : worstRecoveryAt(metrics.recovery, nowUs);
  const troubles = [...new Set(view.faults.map(causeWords))];
  if (worst?.standing === 'interrupted') {
    const phase = phaseAt(metrics, worst.result.cohort, worst.result.action, nowUs);
    const cause = causeOf(view, worst.result.faultAtUs) ?? 'A fault';
    const words = phase === null ? 'Its clients wait.' : PHASE_WORDS[phase];
    return { standing: 'interrupted', title: 'Interrupted', sentence: `${capital(cause)}. ${words}` };
  }
  const redundant = view.charts.every(({ tags }) => tags.includes('redundant') || !promisesRedundancy(header));
  if (worst?.standing === 'recovered') {
    const rest = redundant ? '' : ' It is not redundant again yet: another failure now would last longer.';
    return {
      standing: view.ended ? 'over' : 'recovered',
      title: 'Recovered',
      sentence: `${worst.result.cohort} works again, ${duration(worst.elapsedUs)} after the fault.${rest}`,
    };
  }
  if (troubles.length > 0) {
    const noticed = metrics === null ? 'What it does to clients is being computed.' : 'Its clients notice nothing.';
    return {
      standing: 'well',
      title: metrics === null ? 'Fault' : 'In service',
      sentence: `${capital(troubles.join(', '))}. ${noticed}`,
    };
  }
  return { standing: 'well', title: 'In service', sentence: calmWords(header, view, nowUs) };
}

/** A cause in words; what the customer asked for is one as well. */
function causeWords({ cause, target }: FaultView): string {
  const asked = /^request-(.+)$/.exec(cause)?.[1];
  const words = (asked ?? cause)
    .replaceAll('-', ' ')
    .replace(/\baz\b/g, 'AZ')
    .replace(/\bdns\b/g, 'DNS');
  return asked === undefined ? `${words} on ${target}` : `the customer asked for ${words} of ${target}`;
}

/** The newest cause that was there when the interruption began. */
function causeOf({ faults }: ViewState, faultAtUs: number | null): string | null {
  const before = faults.filter(({ startedAtUs }) => faultAtUs === null || startedAtUs <= faultAtUs);
  const cause = before.at(-1) ?? faults.at(-1);
  return cause === undefined ? null : causeWords(cause);
}

/** The phase that the waterfall of a cohort is in. */
function phaseAt(
  metrics: RunMetrics | null,
  cohort: string,
  action: 'read' | 'write',
  nowUs: number,
): SegmentPhase | null {
  const whole = metrics?.waterfalls.find((one) => one.cohort === cohort && one.action === action);
  const seen = whole === undefined ? null : waterfallUntil(whole, nowUs);
  return seen?.segments.at(-1)?.phase ?? null;
}

function calmWords(header: HeaderRecord, view: ViewState, nowUs: number): string {
  const writer = view.nodes.find(({ writable }) => writable);
  const clients = header.cohorts.reduce((total, cohort) => total + cohort.clients, 0);
  const now =
    writer === undefined
      ? 'Nothing accepts writes.'
      : `${count(clients)} clients work; ${writer.node} takes the writes.`;
  const nextUs = Math.min(...faultTimes(header).filter((atUs) => atUs > nowUs));
  if (!Number.isFinite(nextUs)) return `${now} Click anything on the map to break it.`;
  return `${now} Something breaks in ${duration(Math.ceil((nextUs - nowUs) / 1_000_000) * 1_000_000)}.`;
}

/** When the scenario's faults are due. The header holds the scenario as plain JSON. */
export function faultTimes({ resolved }: HeaderRecord): readonly number[] {
  const { faults = [] } = resolved as { readonly faults?: readonly { readonly atUs?: number }[] };
  return faults.flatMap(({ atUs }) => (atUs === undefined ? [] : [atUs]));
}

/** What the user wants; null where the scenario sets no limit. */
export function objectivesOf({ resolved }: HeaderRecord): {
  readonly rtoUs: number | null;
  readonly rpoUs: number | null;
} {
  const { expect } = resolved as {
    readonly expect?: { readonly objectives?: { readonly rtoUs?: number | null; readonly rpoUs?: number | null } };
  };
  return { rtoUs: expect?.objectives?.rtoUs ?? null, rpoUs: expect?.objectives?.rpoUs ?? null };
}

function promisesRedundancy(header: HeaderRecord): boolean {
  return header.databases.some(({ nodes }) => nodes.length > 1);
}

/** To tenths of a second: what can be read while it moves. */
export function roundedUs(us: number): number {
  return Math.round(us / 100_000) * 100_000;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
