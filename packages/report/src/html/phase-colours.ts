import type { SegmentPhase } from '@faultline/metrics';

/** Okabe and Ito's palette again: blue and green for what the service does, warm for what happens at the client. */
const COLOURS: Readonly<Record<SegmentPhase, string>> = {
  'fault-lasts': '#888888',
  detection: '#0072b2',
  decision: '#cc79a7',
  promotion: '#56b4e9',
  recovery: '#009e73',
  'endpoint-change': '#8c8c00',
  'dns-cache': '#e69f00',
  reconnect: '#d55e00',
  'first-success': '#a65628',
  'in-service': '#bcc3cb',
};

export function phaseColour(phase: SegmentPhase): string {
  return COLOURS[phase];
}
