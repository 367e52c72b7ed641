/** A scenario that uses every key of the format at least once. */
export const FULL_SCENARIO = `# every key once
scenario: full
summary: Everything that a scenario can say.
seed: 7
horizon: 20m
sample: 5s

topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
    eu-west-1: [euw1-az1]
  databases:
    orders:
      model: fake.pair
      engine: mysql
      primary: use1-az1
      standby: use1-az2
      volume: { iops: 3000 }
      observer: use1-az3
      proxy: { azs: [use1-az1, use1-az3], connections: 50, borrowTimeout: 60s, idleClientTimeout: 10m, pinned: 0.1, watch: 5s }
      timings:
        detection: { mixture: [{ weight: 1, of: 5s }, { weight: 3, of: { weibull: { shape: 1.5, scale: 9s } } }] }
        promotion: { lognormal: { median: 12s, p95: 30s } }
    orders-replica:
      model: fake.follower
      source: orders
      az: euw1-az1
  clients:
    checkout:
      connectsTo: orders.writer
      from: use1-az1
      count: 40
      dnsCache: 30s
      pool: { size: 20, borrowTimeout: 3s, validateOnBorrow: false, maxLifetime: none }
      driver:
        connectTimeout: 2s
        socketTimeout: none
        keepalive: { idle: 10s, interval: 5s, probes: 3 }
        retransmitTimeout: 60s
        failover: topology
        topologyRefresh: 500ms
        discardReadOnly: false
      retry: { attempts: 5, backoff: 50ms, maxBackoff: 1s, jitter: none, indeterminate: true }
      routing: { regions: [us-east-1], failures: 2, switchAfter: { uniform: { min: 10s, max: 20s } }, returnAfter: 10m }
    browsers: { connectsTo: orders.proxy, from: use1-az2 }
    reports:
      connectsTo: orders-replica
      from: euw1-az1
      dnsCache: forever
      pool: none
      retry: none
  operators:
    oncall:
      database: orders-replica
      reactions: { promote-replica: { gamma: { shape: 2, mean: 5m } } }
      refuses: [promote-replica]
      repoint: [{ after: promote-replica, client: checkout, to: orders-replica.reader }]
  links:
    - { between: [us-east-1, eu-west-1], oneWay: { shifted: { by: 38ms, of: { exponential: { mean: 1ms } } } } }

workload:
  - { client: checkout, op: write, arrivals: { poisson: 200/s }, keys: 500, keyChoice: sequential }
  - { client: reports, op: read, arrivals: { closed: { think: { empirical: [1s, 2s] } } }, consistency: strong, from: 1m, until: 10m }
  - { client: reports, op: read, arrivals: { every: 250ms } }
  - { client: checkout, op: transaction, arrivals: { every: 1s }, keys: 8, reads: 2, appends: 1, writesPerKey: 16, isolation: repeatable-read }

faults:
  - { at: 3m, fail: orders.primary, cause: host-failure, silent: false, for: 10m }
  - { at: 4m, fail: orders.orders-2, cause: long-transaction, size: 2GB, until: 5m }
  - { at: 5m, fail: us-east-1 <-> eu-west-1, cause: link-loss, probability: 0.1 }
  - { at: 5m, fail: checkout -> orders.primary, cause: link-slow, factor: 3 }
  - { at: 6m, fail: use1-az2, cause: az-outage, for: 1m }
  - { at: 7m, fail: orders.segment-a, cause: segment-failure }
  - { at: 8m, fail: orders.writer, cause: endpoint-record-lost, for: 30s }
  - { at: 8m, fail: us-east-1, cause: control-plane-down, for: 30s }
  - { at: 8m, fail: orders, cause: logical-corruption }
  - { at: 9m, request: failover, of: orders }
  - { at: 9m, request: promote, of: orders-replica.replica }

expect:
  objectives: { rto: 120s, rpo: 0s, clients: { checkout: { rto: 30s } } }
  always: [single-writer, acknowledged-writes-survive]
  eventually: [writable, redundant]
  sometimes: [client-connection-reset]
  events: [FAKE-0013, FAKE-0045]
  measures: { recoveryTime: { min: 60s, max: 120s }, dataLoss: { max: 0 } }
`;
