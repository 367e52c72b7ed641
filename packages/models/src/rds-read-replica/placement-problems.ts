import type { Placement, PlacementProblem } from '../kind.ts';
import { azProblems } from '../rds/az-problems.ts';

/** What a replica's parameters say of its place in the tree. */
export interface ReplicaPlace {
  readonly source: string;
  readonly az: string;
}

const REPLICA = 'rds.read-replica';
const CLUSTER = 'rds.multi-az-cluster';

/** Replicas of one source: 15, and 5 for Oracle, whose overview says five where the quota page says 15 and recommends five. Amazon RDS User Guide, USER_ReadRepl, CHAP_Limits and oracle-read-replicas, read 2026-04. */
const REPLICAS_PER_SOURCE = 15;
const ORACLE_REPLICAS_PER_SOURCE = 5;
/** "A series of up to three read replicas in a chain": USER_MySQL, USER_MariaDB and USER_PostgreSQL.Replication.ReadReplicas.Cascading, read 2026-11; taken for the other engines too. */
const LEVELS = 3;
/** PostgreSQL: 15 replicas at the first level and 5 of each source below. USER_PostgreSQL.Replication.ReadReplicas, read 2026-04. */
const POSTGRES_CASCADED_PER_SOURCE = 5;

/** Everything that AWS, or logic, would refuse. The first reason is enough: the others often follow from it. */
export function replicaProblems(given: ReplicaPlace, placement: Placement): readonly PlacementProblem[] {
  const azs = azProblems(given.az, 'az', placement, 1);
  const reasons = [sourceProblem, cycleProblem, engineProblem, cascadeProblem, limitProblem];
  for (const reason of reasons) {
    const problem = reason(given, placement);
    if (problem) return [...azs, problem];
  }
  return azs;
}

type Reason = (given: ReplicaPlace, placement: Placement) => PlacementProblem | null;

const sourceProblem: Reason = ({ source }, placement) => {
  const candidates = Object.keys(placement.databases).filter(
    (name) => name !== placement.name && isRds(name, placement),
  );
  const write = `source: ${candidates[0] ?? 'orders'}`;
  const expected =
    candidates.length === 0
      ? 'an RDS database of this scenario, of which there is none'
      : `an RDS database of this scenario: ${candidates.join(', ')}`;
  const known = placement.databases[source];
  if (source === placement.name) return problem(`${source} as a replica of itself`, expected, write);
  if (!known) return problem(`a replica of ${source}, which is not in topology.databases`, expected, write);
  return isRds(source, placement)
    ? null
    : problem(`a replica of ${source}, whose model is ${known.model}`, expected, write);
};

const cycleProblem: Reason = ({ source }, placement) => {
  const chain = chainAbove(source, placement);
  if (!chain.includes(placement.name)) return null;
  const root = Object.keys(placement.databases).find(
    (name) => isRds(name, placement) && placement.databases[name]?.model !== REPLICA,
  );
  return problem(
    `replicas in a circle: ${[placement.name, ...chain].join(' follows ')}`,
    'a source that does not follow this replica itself',
    `source: ${root ?? 'orders'}`,
  );
};

const engineProblem: Reason = ({ source }, { databases, engine }) => {
  const ofSource = databases[source]?.engine as string;
  if (ofSource === engine) return null;
  return {
    path: ['engine'],
    found: `the engine ${engine}, while ${source} runs ${ofSource}`,
    expected: 'the engine of the source',
    write: `engine: ${ofSource}`,
  };
};

/** How deep a replica may stand below the database at the top. */
const cascadeProblem: Reason = ({ source }, placement) => {
  const chain = chainAbove(source, placement);
  const level = chain.length;
  const top = chain.at(-1) as string;
  if (level > 1 && placement.databases[top]?.model === CLUSTER) {
    return problem(
      `a replica of ${source}, which follows the Multi-AZ DB cluster ${top}`,
      'the cluster itself as the source: its replicas cannot be cascaded',
      `source: ${top}`,
    );
  }
  if (level <= LEVELS) return null;
  const above = chain[level - LEVELS] as string;
  return problem(
    `a replica at level ${level} below ${top}`,
    `at most ${LEVELS} replicas in a chain`,
    `source: ${above}`,
  );
};

const limitProblem: Reason = ({ source }, placement) => {
  const { databases, engine, name } = placement;
  const siblings = Object.keys(databases).filter((other) => sourceOf(other, placement) === source);
  const cascaded = engine === 'postgres' && databases[source]?.model === REPLICA;
  const limit =
    engine === 'oracle' ? ORACLE_REPLICAS_PER_SOURCE : cascaded ? POSTGRES_CASCADED_PER_SOURCE : REPLICAS_PER_SOURCE;
  const rank = siblings.indexOf(name) + 1;
  if (rank <= limit) return null;
  const mayCascade = engine !== 'oracle';
  return problem(
    `replica number ${rank} of ${source}`,
    `at most ${limit} replicas of one ${cascaded ? 'replica' : 'source'} with ${engine}`,
    mayCascade ? `source: ${siblings[0]}` : '# one replica less',
  );
};

/** The source and all that it follows, up to the database at the top; it stops where a circle closes. */
function chainAbove(source: string, placement: Placement): readonly string[] {
  const chain: string[] = [];
  for (let name: string | null = source; name !== null && !chain.includes(name); name = sourceOf(name, placement))
    chain.push(name);
  return chain;
}

function sourceOf(name: string, { databases }: Placement): string | null {
  const database = databases[name];
  if (database?.model !== REPLICA) return null;
  const { source } = database.parameters as Partial<ReplicaPlace>;
  return source ?? null;
}

function isRds(name: string, { databases }: Placement): boolean {
  return databases[name]?.model.startsWith('rds.') === true;
}

function problem(found: string, expected: string, write: string): PlacementProblem {
  return { path: ['source'], found, expected, write };
}
