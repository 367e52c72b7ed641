import type { HeaderRecord } from '@faultline/trace';

/** What there was: the databases with their nodes, and the clients. */
export function settingOf(header: HeaderRecord): readonly string[] {
  const databases = header.databases.map(({ database, title, engine, nodes }) => {
    const where = nodes.map(({ node, role, az }) => `${node} (${role}) in ${az}`).join(', ');
    return `  ${database}: ${title} with ${engine}; ${where}`;
  });
  const cohorts = header.cohorts.map(({ cohort, database, from, clients }) => {
    const how = clients === 1 ? 'one client' : `${clients} clients`;
    return `  ${cohort}: ${how} in ${from}, of ${database}`;
  });
  return ['What there was', ...databases, ...cohorts];
}
