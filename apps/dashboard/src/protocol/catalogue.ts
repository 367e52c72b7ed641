import { z } from 'zod';

/** A scenario that comes with the project. `load` takes its name. */
const catalogueScenario = z.object({
  /** Family and file, e.g. `rds-multi-az-instance/host-failure`. */
  name: z.string(),
  family: z.string(),
  summary: z.string(),
});

const catalogueKind = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  /** What its customer may ask for, `failover`, `promote` … */
  requests: z.array(z.string()),
  /** Roles that a fault may name: `orders.primary`. */
  roles: z.array(z.string()),
});

const causeOption = z.object({
  meaning: z.string(),
  type: z.enum(['boolean', 'factor', 'probability', 'bytes']),
  default: z.union([z.number(), z.boolean()]),
});

const catalogueCause = z.object({
  id: z.string(),
  summary: z.string(),
  /** What it acts on. */
  targets: z.array(z.enum(['node', 'database', 'endpoint', 'segment', 'az', 'region', 'link'])),
  options: z.record(z.string(), causeOption),
  /** Whether it can be healed; one that does not last is over at once. */
  lasts: z.boolean(),
});

/** A fault that can be put to every kind: for races. */
const catalogueFault = z.object({ id: z.string(), summary: z.string() });

/** All that a page can offer to choose from. */
export const catalogue = z.object({
  scenarios: z.array(catalogueScenario),
  kinds: z.array(catalogueKind),
  causes: z.array(catalogueCause),
  raceFaults: z.array(catalogueFault),
  /** The scenario that a new session begins with. */
  opening: z.string(),
});

export type Catalogue = z.infer<typeof catalogue>;
