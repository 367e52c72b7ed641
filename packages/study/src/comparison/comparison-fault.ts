import type { ComparisonSetup } from '@faultline/models';

/** A fault that can be put to every deployment kind: a mapping as under `faults`, for one deployment. */
export interface ComparisonFault {
  readonly id: string;
  /** One sentence for people. */
  readonly summary: string;
  /** Clients in the Region that fails would fail with it; they then stand in another one. */
  readonly clientsElsewhere: boolean;
  /** Whether it is what published outage times speak of: a failover inside the Region that nobody asked for. */
  readonly unplannedFailover: boolean;
  /** Null where the kind has nothing that the fault could act on. */
  readonly mapping: (
    setup: ComparisonSetup,
    place: { readonly az: string; readonly region: string },
  ) => Readonly<Record<string, unknown>> | null;
}

const onWriter = (id: string, summary: string): ComparisonFault => ({
  id,
  summary,
  clientsElsewhere: false,
  unplannedFailover: true,
  mapping: ({ writer }) => ({ fail: writer, cause: id }),
});

const onAz = (id: string, summary: string): ComparisonFault => ({
  id,
  summary,
  clientsElsewhere: false,
  unplannedFailover: true,
  mapping: (_, { az }) => ({ fail: az, cause: id, for: LASTS }),
});

const onRegion = (id: string, summary: string): ComparisonFault => ({
  id,
  summary,
  clientsElsewhere: true,
  unplannedFailover: false,
  mapping: (_, { region }) => ({ fail: region, cause: id, for: LASTS }),
});

/** How long the larger outages last: longer than any failover, so that waiting for the end shows as waiting. */
const LASTS = '1h';

/** Faults of a comparison by their id. */
export const comparisonFaults: ReadonlyMap<string, ComparisonFault> = new Map(
  [
    onWriter('host-failure', 'the host of the node that takes the writes dies without a word'),
    onWriter('process-crash', 'the database process of the node that takes the writes dies'),
    onWriter('storage-failure', 'the volume of the node that takes the writes returns errors'),
    onWriter('resource-exhaustion', 'the node that takes the writes is busy and unresponsive'),
    onAz('az-outage', 'the AZ of the node that takes the writes loses power for an hour'),
    onAz('az-isolated', 'the AZ of the node that takes the writes is cut off for an hour'),
    onRegion('region-outage', 'the Region loses power for an hour; clients are in another Region'),
    onRegion('region-isolated', 'the Region is cut off for an hour; clients are in another Region'),
    {
      id: 'planned-failover',
      summary: 'the customer asks for a failover',
      clientsElsewhere: false,
      unplannedFailover: false,
      mapping: ({ plannedFailover }: ComparisonSetup) =>
        plannedFailover ? { request: plannedFailover.request, of: plannedFailover.of } : null,
    } satisfies ComparisonFault,
  ].map((fault) => [fault.id, fault]),
);
