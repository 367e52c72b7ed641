/** Something on the map that can break, as a scenario names it. */
export interface ThingToBreak {
  readonly on: 'node' | 'database' | 'endpoint' | 'segment' | 'az' | 'region' | 'link';
  /** Target of a fault, e.g. `orders.primary` or `use1-az1 -> use1-az2`. */
  readonly target: string;
  /** What the menu calls it. */
  readonly title: string;
  /** Whom a request goes to (a node or a database); null where there is nobody to ask. */
  readonly of: string | null;
  readonly model: string | null;
}
