import type { Invariant } from './invariant.ts';
import { acknowledgedByAReader } from './invariants/acknowledged-by-a-reader.ts';
import { acknowledgedInTwoRegions } from './invariants/acknowledged-in-two-regions.ts';
import { acknowledgedOnBothCopies } from './invariants/acknowledged-on-both-copies.ts';
import { acknowledgedOnFourOfSix } from './invariants/acknowledged-on-four-of-six.ts';
import { acknowledgedWritesSurvive } from './invariants/acknowledged-writes-survive.ts';
import { commitOrder } from './invariants/commit-order.ts';
import { dnsAnswersExpire } from './invariants/dns-answers-expire.ts';
import { faultsLeaveRecords } from './invariants/faults-leave-records.ts';
import { monotoneTime } from './invariants/monotone-time.ts';
import { noWriteWithStaleEpoch } from './invariants/no-write-with-stale-epoch.ts';
import { positionsNeverMoveBack } from './invariants/positions-never-move-back.ts';
import { promotedReaderIsNewest } from './invariants/promoted-reader-is-newest.ts';
import { promotedStandbyInSync } from './invariants/promoted-standby-in-sync.ts';
import { readsAreComplete } from './invariants/reads-are-complete.ts';
import { regionsConverge } from './invariants/regions-converge.ts';
import { replicaEventuallyCurrent } from './invariants/replica-eventually-current.ts';
import { replicaIsPrefix } from './invariants/replica-is-prefix.ts';
import { returnsToService } from './invariants/returns-to-service.ts';
import { singleWriter } from './invariants/single-writer.ts';
import { strongReadIsLatest } from './invariants/strong-read-is-latest.ts';
import { survivesAzAndSegment } from './invariants/survives-az-and-segment.ts';
import { indeterminateWrite } from './sightings/indeterminate-write.ts';
import { lostUpdate } from './sightings/lost-update.ts';
import { readOnlyError } from './sightings/read-only-error.ts';
import { staleRead } from './sightings/stale-read.ts';
import type { Sometimes } from './sometimes.ts';

/** Every invariant, in the order in which people should read of them. */
export const invariants: readonly Invariant[] = [
  monotoneTime,
  faultsLeaveRecords,
  singleWriter,
  acknowledgedWritesSurvive,
  commitOrder,
  positionsNeverMoveBack,
  replicaIsPrefix,
  readsAreComplete,
  acknowledgedOnBothCopies,
  promotedStandbyInSync,
  acknowledgedByAReader,
  promotedReaderIsNewest,
  acknowledgedOnFourOfSix,
  survivesAzAndSegment,
  noWriteWithStaleEpoch,
  replicaEventuallyCurrent,
  regionsConverge,
  acknowledgedInTwoRegions,
  strongReadIsLatest,
  dnsAnswersExpire,
  returnsToService,
];

/** What is not promised, and has to be seen to happen. */
export const sometimes: readonly Sometimes[] = [lostUpdate, staleRead, indeterminateWrite, readOnlyError];
