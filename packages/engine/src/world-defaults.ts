import type { Quantity, Timing } from '@faultline/models';
import { handshakeDefaults } from './clients/handshake.ts';
import { operationDefaults } from './clients/operation.ts';
import { lendingDefaults } from './clients/pool.ts';
import { probeDefaults } from './clients/region-probe.ts';
import { routingDefaults } from './clients/region-routing.ts';
import { clientCacheDefaults } from './dns/client-cache.ts';
import { corruptionDefaults } from './faults/service-effects.ts';
import { latencyDefaults } from './network/latency-matrix.ts';
import { retransmissionDefaults } from './network/path.ts';
import { nodeDefaults } from './nodes/node.ts';
import { paceDefaults } from './nodes/pace.ts';
import { serverDefaults } from './nodes/server.ts';
import { providedProxyDefaults } from './proxy/provided-proxy-defaults.ts';
import { flowControlDefaults } from './replication/flow-control.ts';
import { flushDefaults } from './replication/plane-options.ts';

/** The numbers that belong to no deployment kind, by the part of the world that they describe; each stands where it is used. */
export const worldDefaults: Readonly<Record<string, Readonly<Record<string, Timing | Quantity>>>> = {
  'Hosts and servers': {
    ...serverDefaults,
    ...paceDefaults,
    ...nodeDefaults,
    ...flushDefaults,
    ...flowControlDefaults,
  },
  'Ways between them': { ...latencyDefaults, ...retransmissionDefaults },
  'Inside a client': {
    ...handshakeDefaults,
    ...operationDefaults,
    ...lendingDefaults,
    ...clientCacheDefaults,
    ...routingDefaults,
    ...probeDefaults,
  },
  'A proxy of the provider': providedProxyDefaults,
  'What faults do': corruptionDefaults,
};
