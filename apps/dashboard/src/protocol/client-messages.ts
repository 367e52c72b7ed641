import { z } from 'zod';
import { FASTEST, LANES_MAX, LANES_MIN, SLOWEST, TRIALS_MAX } from './limits.ts';

/**
 * What a page may say. Unknown keys and types are refused, so that a page of another version notices.
 *
 * A session plays one lane, or the two to six lanes of a race. Each lane is one run: a scenario, a seed, a trace.
 * `run` counts the runs of a session: it changes whenever the trace does (load, restart, intervention, race).
 */

const name = z.string().min(1).max(200);
const seed = z.string().min(1).max(64);
const instantUs = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const speed = z.number().min(SLOWEST).max(FASTEST);

const message = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), ...shape });

/**
 * First message of every connection. With `resume` the page goes on where an earlier connection broke off: `seqs`
 * holds for each lane the index of the first record that it has not folded.
 */
const hello = message('hello', {
  version: z.number().int(),
  resume: z
    .strictObject({
      session: z.string().max(64),
      run: z.number().int().min(0),
      seqs: z.array(z.number().int().min(0)).min(1).max(LANES_MAX),
    })
    .optional(),
});

/** A scenario by its name in the catalogue, or pasted. It starts to play at `atUs` unless `paused`. */
const load = message('load', {
  name: name.optional(),
  yaml: z.string().optional(),
  seed: seed.optional(),
  atUs: instantUs.optional(),
  paused: z.boolean().optional(),
});

const play = message('play', { speed: speed.optional() });
const pause = message('pause', {});
/** To the next instant at which something happens beside operations, samples and look-ups; it pauses there. */
const step = message('step', {});
const seek = message('seek', { atUs: instantUs });
const changeSpeed = message('speed', { speed });
/** From the beginning; with another seed if one is given. Interventions stay part of the scenario. */
const restart = message('restart', { seed: seed.optional() });

/** Something breaks now. `target` as a scenario writes it, e.g. `orders.primary` or `use1-az1 -> use1-az2`. */
const inject = message('inject', {
  cause: name,
  target: name,
  options: z.record(name, z.union([z.number(), z.boolean()])).optional(),
  /** How long it lasts; without it until it is healed. */
  forUs: instantUs.optional(),
});
/** A fault ends now. `fault` is its place in the scenario's list, as in `fault` records. */
const heal = message('heal', { fault: z.number().int().min(0) });
/** The customer asks now for what the kind offers (`failover`, `promote`, …). `of` is a database or a node. */
const request = message('request', { request: name, of: name });

/** Answered by `saved` once the run is simulated to its end. */
const save = message('save', { lane: z.number().int().min(0).max(LANES_MAX).optional() });

/** Deployment kinds side by side under one fault; then `trials` of each for the distribution (0 for none). */
const race = message('race', {
  kinds: z.array(name).min(LANES_MIN).max(LANES_MAX),
  fault: name,
  trials: z.number().int().min(0).max(TRIALS_MAX),
  seed: seed.optional(),
});

/** Answered by `exported` with an address to download from, once the run is simulated to its end. */
const exportRun = message('export', {
  what: z.enum(['trace', 'scenario', 'metrics', 'report']),
  lane: z.number().int().min(0).max(LANES_MAX).optional(),
});

export const clientMessage = z.discriminatedUnion('type', [
  hello,
  load,
  play,
  pause,
  step,
  seek,
  changeSpeed,
  restart,
  inject,
  heal,
  request,
  save,
  race,
  exportRun,
]);

export type ClientMessage = z.infer<typeof clientMessage>;
/** One message by its type, e.g. `ClientMessageOf<'load'>`. */
export type ClientMessageOf<Type extends ClientMessage['type']> = Extract<ClientMessage, { readonly type: Type }>;
