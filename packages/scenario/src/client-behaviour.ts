import { noPool, noRetry, poolDefaults, retryDefaults } from './defaults.ts';
import { contradict, mapping, optional } from './mapping.ts';
import { duration, positiveDuration, truth, wholeNumber } from './quantities.ts';
import { derive, oneWordOf, orWord, type Reader } from './reader.ts';
import type { DnsCacheSpec, PoolSpec, RetrySpec } from './scenario.ts';

const MOST_CONNECTIONS = 10_000;
const MOST_ATTEMPTS = 1_000;

/** `dnsCache: ttl`, `none`, `forever`, or how long every answer is kept. */
export const dnsCache: Reader<DnsCacheSpec> = derive(
  orWord({ ttl: 'ttl', none: 'none', forever: 'forever' } as const, positiveDuration),
  (mode) => (typeof mode === 'number' ? { mode: 'fixed', us: mode } : { mode }),
);

/** `pool: { size: 20, … }` or `none`. */
export const pool: Reader<PoolSpec> = orWord(
  { none: noPool },
  derive(
    mapping('a mapping with the size of the pool', {
      size: optional(wholeNumber(0, MOST_CONNECTIONS, 20), poolDefaults.size),
      borrowTimeout: optional(duration(), poolDefaults.borrowTimeoutUs),
      validateOnBorrow: optional(truth, poolDefaults.validateOnBorrow),
      maxLifetime: optional(orWord({ none: null }, positiveDuration), poolDefaults.maxLifetimeUs),
    }),
    (parts) => ({
      size: parts.size,
      borrowTimeoutUs: parts.borrowTimeout,
      validateOnBorrow: parts.validateOnBorrow,
      maxLifetimeUs: parts.maxLifetime,
    }),
  ),
);

/** `retry: { attempts: 3, … }` or `none`. */
export const retry: Reader<RetrySpec> = orWord(
  { none: noRetry },
  derive(
    mapping('a mapping with the number of attempts', {
      attempts: optional(wholeNumber(1, MOST_ATTEMPTS, 3), retryDefaults.attempts),
      backoff: optional(duration({ example: '100ms' }), retryDefaults.backoffUs),
      maxBackoff: optional(duration({ example: '20s' }), retryDefaults.backoffMaxUs),
      jitter: optional(oneWordOf(['full', 'none']), retryDefaults.jitter),
      indeterminate: optional(truth, retryDefaults.indeterminate),
    }),
    ({ attempts, backoff, maxBackoff, jitter, indeterminate }, value, report) =>
      backoff <= maxBackoff
        ? { attempts, backoffUs: backoff, backoffMaxUs: maxBackoff, jitter, indeterminate }
        : contradict(
            value,
            report,
            'a `backoff` above its `maxBackoff`',
            'a `maxBackoff` of at least `backoff`',
            '{ attempts: 3, backoff: 100ms, maxBackoff: 20s }',
          ),
  ),
);
