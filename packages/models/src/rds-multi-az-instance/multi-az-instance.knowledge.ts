import type { MultiAzInstanceFact, MultiAzInstanceKnowledge } from './multi-az-instance.contract.ts';

/** What each fact says of the two hosts. */
const MEANINGS: { readonly [Type in MultiAzInstanceFact['type']]?: Partial<MultiAzInstanceKnowledge> } = {
  PRIMARY_UNREACHABLE: { primaryReachable: false },
  PRIMARY_REACHABLE: { primaryReachable: true },
  PRIMARY_STORAGE_FAILED: { primaryStorageOk: false },
  PRIMARY_STORAGE_REPAIRED: { primaryStorageOk: true },
  PRIMARY_UNRESPONSIVE: { primaryResponsive: false },
  PRIMARY_RESPONSIVE: { primaryResponsive: true },
  PRIMARY_CRASHED: { primaryCrashed: true },
  PRIMARY_STARTED: { primaryCrashed: false },
  STANDBY_UNREACHABLE: { standbyReachable: false },
  STANDBY_REACHABLE: { standbyReachable: true },
  STANDBY_STORAGE_FAILED: { standbyStorageOk: false },
  STANDBY_STORAGE_REPAIRED: { standbyStorageOk: true },
  STANDBY_DISCONNECTED: { standbyConnected: false },
  STANDBY_CONNECTED: { standbyConnected: true },
};

/** Facts that tell something about a host, whatever the service is doing. */
export const INFORMATIVE_FACTS = Object.keys(MEANINGS) as readonly MultiAzInstanceFact['type'][];

export const nothingWrong: MultiAzInstanceKnowledge = {
  primaryReachable: true,
  primaryStorageOk: true,
  primaryResponsive: true,
  primaryCrashed: false,
  primaryFenced: false,
  standbyReachable: true,
  standbyStorageOk: true,
  standbyConnected: true,
  standbyInSync: true,
};

/** What is new with a fact. */
export function meaningOf(fact: MultiAzInstanceFact): Partial<MultiAzInstanceKnowledge> {
  return MEANINGS[fact.type] ?? {};
}

/** After a promotion: the new primary is as well as the standby was, and the other way round. */
export function withRolesSwapped(known: MultiAzInstanceKnowledge): MultiAzInstanceKnowledge {
  return {
    primaryReachable: known.standbyReachable,
    primaryStorageOk: known.standbyStorageOk,
    primaryResponsive: true,
    primaryCrashed: false,
    primaryFenced: false,
    standbyReachable: known.primaryReachable,
    standbyStorageOk: known.primaryStorageOk,
    standbyConnected: false,
    standbyInSync: false,
  };
}
