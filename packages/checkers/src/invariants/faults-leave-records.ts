import type { FaultRecord, HeaderRecord } from '@faultline/trace';
import { resolvedAt } from '../deployments.ts';
import type { Invariant, Violation } from '../invariant.ts';
import { FAULTLINE } from '../sources.ts';
import { at, NONE, watchOf } from '../watching.ts';

interface Planned {
  readonly atUs: number;
  readonly forUs: number | null;
  readonly cause: string;
}

/** What is injected is told: a run cannot pass by not having met its fault. */
export const faultsLeaveRecords: Invariant = {
  name: 'faults-leave-records',
  meaning: 'Every fault of the scenario starts, and heals, at its instant, and the trace says so.',
  promisedBy: [FAULTLINE('A trace holds every injected cause, with its beginning and its end.')],
  hears: ['fault', 'end'],
  applies: (header) => plannedIn(header).length > 0,
  watch(header) {
    const edges = new Map<string, FaultRecord>();
    return watchOf({
      fault(record) {
        edges.set(`${record.index} ${record.edge}`, record);
        return NONE;
      },
      end: ({ atUs }) =>
        plannedIn(header).flatMap(({ cause, atUs: startsAtUs, forUs }, index) => [
          ...missing(edges, index, 'started', cause, startsAtUs, atUs),
          ...(forUs === null ? [] : missing(edges, index, 'healed', cause, startsAtUs + forUs, atUs)),
        ]),
    });
  },
};

function plannedIn(header: HeaderRecord): readonly Planned[] {
  const faults = resolvedAt(header, 'faults');
  return Array.isArray(faults) ? (faults as readonly Planned[]) : [];
}

function missing(
  edges: ReadonlyMap<string, FaultRecord>,
  index: number,
  edge: FaultRecord['edge'],
  cause: string,
  dueUs: number,
  endUs: number,
): readonly Violation[] {
  const record = edges.get(`${index} ${edge}`);
  if (dueUs > endUs || record?.atUs === dueUs) return NONE;
  const found = record ? `the trace says so at ${at(record.atUs)}` : 'the trace does not say so';
  const what = `Fault ${index} (${cause}) should have ${edge} at ${at(dueUs)}, and ${found}.`;
  return [{ invariant: faultsLeaveRecords.name, atUs: endUs, database: null, what, evidence: record ? [record] : [] }];
}
