export { type SimulationOptions, simulate } from './simulate.ts';
