/** A failover within half a minute, and a minute after it: about 2 500 records. */
export const SHORT_SCENARIO = `scenario: short
summary: The primary's host dies under steady writes.
seed: 7
horizon: 100s

topology:
  regions:
    us-east-1: [use1-az1, use1-az2, use1-az3]
  databases:
    orders:
      model: rds.multi-az-instance
      engine: postgres
      primary: use1-az1
      standby: use1-az2
  clients:
    checkout: { connectsTo: orders, from: use1-az3, count: 4, dnsCache: ttl, pool: { size: 4 }, driver: { connectTimeout: 2s, socketTimeout: 5s } }

workload:
  - { client: checkout, op: write, arrivals: { poisson: 20/s } }

faults:
  - { at: 30s, fail: orders.primary, cause: process-crash }

expect:
  objectives: { rto: 120s, rpo: 0s }
  always: [single-writer]
`;
