import type { World } from './world.ts';

/** Records positions at a fixed period. It only looks, so that a run with samples differs in nothing else. */
export function startSampling(world: World): void {
  const { sampleEveryUs } = world.scenario;
  if (sampleEveryUs === 0) return;
  const sample = (): void => {
    for (const database of world.databases()) {
      for (const node of database.nodes.values()) {
        const positions = database.plane.sample(node);
        if (positions)
          world.recorder.add({
            type: 'sample',
            atUs: world.nowUs,
            database: database.name,
            node: node.id,
            ...positions,
          });
      }
    }
    world.agenda.schedule(sampleEveryUs, sample, SAMPLE_PRIORITY);
  };
  world.agenda.schedule(sampleEveryUs, sample, SAMPLE_PRIORITY);
}

/** After everything else at its instant. */
const SAMPLE_PRIORITY = 10;
