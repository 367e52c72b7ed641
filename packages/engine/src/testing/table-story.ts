import fc from 'fast-check';
import type { DataPlane } from '../replication/plane.ts';
import type { TableWorld } from './table-world.ts';

fc.configureGlobal({ seed: 7 });

/** One thing that happens to a table, and the time that passes after it. */
export interface TableStep {
  readonly what: 'write' | 'strong' | 'eventual' | 'cut-region' | 'cut-link' | 'pause' | 'heal';
  readonly place: number;
  readonly key: number;
  readonly afterMs: number;
}

/** Any story of writes, reads and faults; mostly writes and reads, on few items. */
export const tableStory: fc.Arbitrary<readonly TableStep[]> = fc.array(
  fc.record({
    what: fc.oneof(
      { weight: 6, arbitrary: fc.constant('write' as const) },
      { weight: 3, arbitrary: fc.constantFrom('strong' as const, 'eventual' as const) },
      { weight: 2, arbitrary: fc.constantFrom('cut-region' as const, 'cut-link' as const, 'pause' as const) },
      { weight: 2, arbitrary: fc.constant('heal' as const) },
    ),
    place: fc.nat(2),
    key: fc.integer({ min: 1, max: 3 }),
    afterMs: fc.oneof(fc.nat(30), fc.nat(300)),
  }),
  { minLength: 5, maxLength: 60 },
);

/** Lets a story happen. `places`: how many Regions have clients. Ends with everything healed, and quiet. */
export function tell(world: TableWorld, plane: DataPlane, story: readonly TableStep[], places: number): void {
  const heals: (() => void)[] = [];
  for (const { what, place, key, afterMs } of story) {
    const region = 'abc'[place] as string;
    if (what === 'cut-region') heals.push(world.cut(plane, region, null));
    else if (what === 'cut-link') heals.push(world.cut(plane, region, 'bca'[place] as string));
    else if (what === 'pause') heals.push(plane.pauseReplication(`t-${region}`));
    else if (what === 'heal') heals.shift()?.();
    else world.send(plane, what, place % places, key);
    world.pass(afterMs);
  }
  for (const heal of heals) heal();
  world.pass(20_000);
}
