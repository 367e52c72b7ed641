import type { CalibrationCase } from './calibration-case.ts';
import { auroraFailover } from './cases/aurora-failover.ts';
import { auroraReplicaLag } from './cases/aurora-replica-lag.ts';
import { driverDetection } from './cases/driver-detection.ts';
import { globalTableReplication } from './cases/global-table-replication.ts';
import { multiAzInstanceFailover } from './cases/multi-az-instance-failover.ts';
import { postgresqlCommit } from './cases/postgresql-commit.ts';
import { postgresqlFailover } from './cases/postgresql-failover.ts';
import { rdsInstanceFailovers } from './cases/rds-instance-failovers.ts';
import { roundTrips } from './cases/round-trips.ts';

const all: readonly CalibrationCase[] = [
  ...multiAzInstanceFailover,
  ...rdsInstanceFailovers,
  ...auroraFailover,
  ...auroraReplicaLag,
  ...globalTableReplication,
  ...postgresqlCommit,
  ...postgresqlFailover,
  ...driverDetection,
  ...roundTrips,
];

/** Every calibration case by its id, in the order of the report. */
export const calibrationCases: ReadonlyMap<string, CalibrationCase> = new Map(all.map((one) => [one.id, one]));
