import { quantity } from '@faultline/models';

/** Numbers of the provider's proxy that a scenario does not set. */
export const providedProxyDefaults = {
  proxyTtl: quantity(
    5_000_000,
    'µs',
    "TTL of the proxy's name, which hardly matters, because the hosts stay",
    'assumed',
    'that of RDS zones; not published',
    '2026-11',
  ),
  proxyRestart: quantity(
    30_000_000,
    'µs',
    "until a proxy's host runs again whose process or machine was lost",
    'assumed',
    'a small instance is made; not published',
    '2026-11',
  ),
  proxyHealthCheck: quantity(
    30_000_000,
    'µs',
    'until a host of a proxy that is lost, or back, is out of the name or in it',
    'assumed',
    'three health checks of 10 s, as Amazon Route 53 does at its fast setting; not published',
    '2026-11',
  ),
  proxyConnectTimeout: quantity(
    10_000_000,
    'µs',
    'until a proxy gives up on a connection to the database, and tries again until the borrow time-out',
    'assumed',
    'as drivers do; not published',
    '2026-11',
  ),
};
