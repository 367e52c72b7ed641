export { scenariosLike, scenariosOf } from './arbitraries/scenarios.ts';
export { checkRun } from './checking/check-run.ts';
export { shrink } from './shrinking/shrink.ts';
