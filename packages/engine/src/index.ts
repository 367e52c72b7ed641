export { followSimulation, type SimulationOptions, simulate } from './simulate.ts';
export type { World } from './world.ts';
export { worldDefaults } from './world-defaults.ts';
