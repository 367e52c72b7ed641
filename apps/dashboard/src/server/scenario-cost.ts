import { mean } from '@faultline/clock';
import type { Scenario, WorkloadSpec } from '@faultline/scenario';

/** An operation takes at least about this long, which bounds how often a closed loop can go round. */
const OPERATION_US = 1_000;

/** Scenarios that come with the project stay far below all of these. */
const CLIENTS_MAX = 5_000;
const NODES_MAX = 200;
const HORIZON_MAX_US = 168 * 3_600e6;

/** What simulating a scenario takes, in operations and samples: about one record each. */
export function estimatedRecords(scenario: Scenario): number {
  const work = scenario.workload.reduce((sum, workload) => sum + operations(workload, scenario), 0);
  const samples =
    scenario.sampleEveryUs === 0 ? 0 : (scenario.horizonUs / scenario.sampleEveryUs) * databasesOf(scenario) * 3;
  return Math.ceil(work + samples + clientsOf(scenario));
}

/** Failing operations are retried and connections made again, so a run may make this many times what was estimated. */
const RECORDS_FACTOR = 6;
const RECORDS_MIN = 200_000;

/** Bounds of one recording; beyond them it stops where it is. */
export interface RecordingBounds {
  readonly records: number;
  readonly bytes: number;
}

/** What the recording of a scenario may come to, however wrong the estimate was. */
export function recordingBounds(scenario: Scenario, bytes: number): RecordingBounds {
  return { records: RECORDS_MIN + RECORDS_FACTOR * estimatedRecords(scenario), bytes };
}

/** Why a scenario is too large to be played here, in words, or null. */
export function costRefusal(scenario: Scenario, recordsMax: number, faultsMax: number): string | null {
  const records = estimatedRecords(scenario);
  if (records > recordsMax)
    return `found a scenario of about ${records} operations and samples, expected at most ${recordsMax}: shorten the horizon or lower the rates (faultline run takes it as it is)`;
  if (scenario.horizonUs > HORIZON_MAX_US)
    return `found a horizon of ${scenario.horizonUs / 3_600e6} hours, expected at most ${HORIZON_MAX_US / 3_600e6}`;
  if (scenario.faults.length > faultsMax)
    return `found ${scenario.faults.length} faults, expected at most ${faultsMax}: restart, or load a scenario afresh`;
  if (clientsOf(scenario) > CLIENTS_MAX) return `found ${clientsOf(scenario)} clients, expected at most ${CLIENTS_MAX}`;
  if (databasesOf(scenario) > NODES_MAX)
    return `found ${databasesOf(scenario)} databases, expected at most ${NODES_MAX}`;
  return null;
}

function operations({ client, arrivals, fromUs, untilUs }: WorkloadSpec, scenario: Scenario): number {
  const lastsUs = Math.max(0, Math.min(untilUs ?? scenario.horizonUs, scenario.horizonUs) - fromUs);
  switch (arrivals.process) {
    case 'poisson':
      return (arrivals.perSecond * lastsUs) / 1e6;
    case 'every':
      return lastsUs / arrivals.everyUs;
    case 'closed':
      return ((scenario.topology.clients[client]?.count ?? 1) * lastsUs) / (mean(arrivals.think) + OPERATION_US);
  }
}

function clientsOf({ topology }: Scenario): number {
  return Object.values(topology.clients).reduce((sum, { count }) => sum + count, 0);
}

function databasesOf({ topology }: Scenario): number {
  return Object.keys(topology.databases).length;
}
