/**
 * What measures want to know of the scenario in a trace's header. The header holds it as plain JSON of
 * another package's making, so each value is looked for and may be missing.
 */

/** When the last fault of the scenario is due; 0 when it has none. */
export function lastPlannedFaultUs(resolved: unknown): number {
  return Math.max(0, ...list(field(resolved, 'faults')).map((fault) => number(field(fault, 'atUs')) ?? 0));
}

/** When the last fault that ends by itself ends; 0 when none does. */
export function lastPlannedHealUs(resolved: unknown): number {
  const ends = list(field(resolved, 'faults')).map((fault) => {
    const forUs = number(field(fault, 'forUs'));
    return forUs === null ? 0 : (number(field(fault, 'atUs')) ?? 0) + forUs;
  });
  return Math.max(0, ...ends);
}

/** How long one try of a cohort's operation may keep silent: connect, borrow or socket time-out, whichever is longest. */
export function patienceUs(resolved: unknown, cohort: string): number {
  const client = field(field(field(resolved, 'topology'), 'clients'), cohort);
  const driver = field(client, 'driver');
  if (driver === undefined) return 0;
  const socketUs = number(field(driver, 'socketTimeoutUs')) ?? number(field(driver, 'retransmitTimeoutUs')) ?? 0;
  const connectUs = number(field(driver, 'connectTimeoutUs')) ?? 0;
  const borrowUs = number(field(field(client, 'pool'), 'borrowTimeoutUs')) ?? 0;
  return Math.max(socketUs, connectUs, borrowUs);
}

/** How many connections a client of a cohort keeps; null when the scenario does not say. */
export function poolSizeOf(resolved: unknown, cohort: string): number | null {
  return number(field(field(field(field(field(resolved, 'topology'), 'clients'), cohort), 'pool'), 'size'));
}

/** The database that a read replica copies; null for all others. */
export function sourceOf(resolved: unknown, database: string): string | null {
  const given = field(field(field(resolved, 'topology'), 'databases'), database);
  const source = field(field(given, 'parameters'), 'source');
  return typeof source === 'string' ? source : null;
}

function field(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
