import { MILLISECOND_US } from '@faultline/clock';
import { driverDefaults, keepaliveDefaults } from './defaults.ts';
import { mapping, optional } from './mapping.ts';
import { duration, positiveDuration, truth, wholeNumber } from './quantities.ts';
import { derive, oneWordOf, orWord, type Reader } from './reader.ts';
import type { DriverSpec, KeepaliveSpec } from './scenario.ts';

const keepalive: Reader<KeepaliveSpec> = derive(
  mapping(
    'a mapping with idle, interval and probes',
    {
      idle: optional(positiveDuration, keepaliveDefaults.idleUs),
      interval: optional(duration({ minUs: MILLISECOND_US, example: '5s' }), keepaliveDefaults.intervalUs),
      probes: optional(wholeNumber(1, 100, 3), keepaliveDefaults.probes),
    },
    '{ idle: 10s, interval: 5s, probes: 3 }',
  ),
  ({ idle, interval, probes }) => ({ idleUs: idle, intervalUs: interval, probes }),
);

const timeout = orWord({ none: null }, positiveDuration);

/** `driver: { connectTimeout: 2s, … }`: how the database driver waits, and what it gives up on. */
export const driver: Reader<DriverSpec> = derive(
  mapping('a mapping with the timeouts of the driver', {
    connectTimeout: optional(timeout, driverDefaults.connectTimeoutUs),
    socketTimeout: optional(timeout, driverDefaults.socketTimeoutUs),
    keepalive: optional(orWord({ none: null }, keepalive), driverDefaults.keepalive),
    retransmitTimeout: optional(positiveDuration, driverDefaults.retransmitTimeoutUs),
    failover: optional(oneWordOf(['none', 'topology']), driverDefaults.failover),
    topologyRefresh: optional(duration({ minUs: MILLISECOND_US, example: '2s' }), driverDefaults.topologyRefreshUs),
    discardReadOnly: optional(truth, driverDefaults.discardReadOnly),
  }),
  (parts) => ({
    connectTimeoutUs: parts.connectTimeout,
    socketTimeoutUs: parts.socketTimeout,
    keepalive: parts.keepalive,
    retransmitTimeoutUs: parts.retransmitTimeout,
    failover: parts.failover,
    topologyRefreshUs: parts.topologyRefresh,
    discardReadOnly: parts.discardReadOnly,
  }),
);
