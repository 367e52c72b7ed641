import type { RunMetrics, Verdict, ViewState } from '@faultline/metrics';
import type { HeaderRecord, TraceRecord } from '@faultline/trace';
import { z } from 'zod';
import { catalogue } from './catalogue.ts';
import { statechart } from './statechart.ts';

/**
 * What the server says. What the simulation made (records, snapshots, metrics) has its types from the packages that
 * made it and is only looked at for its outline: checking every field of 10 000 records a second would cost more than
 * showing them.
 */

const us = z.number().int().min(0);
const count = z.number().int().min(0);
const outline = <Value extends object>(holds: (value: object) => boolean) =>
  z.custom<Value>((value) => typeof value === 'object' && value !== null && holds(value));

const record = outline<TraceRecord>((value) => 'type' in value && 'atUs' in value);
const header = outline<HeaderRecord>((value) => 'type' in value && value.type === 'header');
const metrics = outline<RunMetrics>((value) => 'recovery' in value && 'endedAtUs' in value);
const verdict = outline<Verdict>((value) => 'kind' in value && 'held' in value);

const message = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ type: z.literal(type), ...shape });

/** Answer to `hello`. When `resumed` is false, this is a new session: load a scenario into it. */
const welcome = message('welcome', {
  version: z.number().int(),
  /** Known to this page alone: it is the key to the session and to its downloads. */
  session: z.string(),
  resumed: z.boolean(),
  catalogue,
});

/**
 * Something that the page asked for cannot be done, and why. The session goes on as it was.
 * A mistake in a scenario comes with its place, `text` being what the command line prints.
 */
const problem = message('problem', {
  where: z.enum(['scenario', 'intervention', 'race', 'message', 'export']),
  text: z.string(),
  problems: z
    .array(
      z.object({
        line: count,
        column: count,
        found: z.string(),
        expected: z.string(),
        write: z.string(),
        text: z.string(),
      }),
    )
    .optional(),
});

/**
 * The session plays other runs now; everything of an older `run` is past.
 * After `intervention` what was shown stays true: records up to now are the same, the header apart.
 * Otherwise a `snapshot` or records from the first one on follow.
 */
const loaded = message('loaded', {
  run: count,
  reason: z.enum(['load', 'restart', 'intervention', 'race', 'resume']),
  horizonUs: us,
  lanes: z.array(
    z.object({
      header,
      /** The scenario with every default, as it would be saved now. */
      yaml: z.string(),
      /** Its name in the catalogue, null for one that was pasted or generated. */
      name: z.string().nullable(),
      charts: z.array(statechart),
    }),
  ),
});

/** The next records of a lane: `seq` is the place of the first in its trace, `atUs` the time that has been reached. */
const records = message('records', { run: count, lane: count, seq: count, atUs: us, records: z.array(record) });

/**
 * All that a page needs to go on from an instant: `view` holds the records before `seq`, folded, at the time `atUs`.
 * It comes after a seek, and in place of records that are too many to be sent one by one.
 */
const snapshot = message('snapshot', {
  run: count,
  lane: count,
  seq: count,
  atUs: us,
  reason: z.enum(['seek', 'skipped', 'resume']),
  view: outline<ViewState>((value) => 'nodes' in value && 'nowUs' in value),
});

/** Whether time passes, and how fast. `waiting`: the simulation has yet to get where play or seek want to be. */
const state = message('state', {
  run: count,
  playing: z.boolean(),
  speed: z.number(),
  atUs: us,
  waiting: z.boolean(),
  /** The instant that a seek waits for; null when nothing waits, or it is not known yet which instant that is. */
  wantedUs: us.nullable(),
  /** All lanes are at their end. */
  ended: z.boolean(),
});

/** How far a lane has been simulated ahead; sent a few times a second until it is done. */
const simulated = message('simulated', { run: count, lane: count, toUs: us, records: count, done: z.boolean() });

/** What the run has measured as far as it is simulated: so that a page need not wait for the end to show an outage. */
const measuring = message('measuring', { run: count, lane: count, toUs: us, metrics });

/** What a whole run measured: show of it what has passed. As `faultline run` prints it, with the same digest. */
const measured = message('measured', {
  run: count,
  lane: count,
  digest: z.string(),
  metrics,
  verdicts: z.array(verdict).readonly(),
  /** Whether all held; null when it could not be told. */
  held: z.boolean().nullable(),
});

/** `yaml` replays to `digest`, with the command. */
const saved = message('saved', {
  run: count,
  yaml: z.string(),
  digest: z.string(),
  filename: z.string(),
  command: z.string(),
});

/** `url` is on this server and can be fetched while the session lives. */
const exported = message('exported', { url: z.string(), filename: z.string() });

/** What races, as it was asked for; its seed is that of the lanes. */
const racePlan = message('race-plan', { run: count, kinds: z.array(z.string()), fault: z.string(), trials: count });

const raceProgress = message('race-progress', { run: count, done: count, of: count });

/** One step of a distribution: `share` of the trials took at most `us`; the band holds 95 % of all true curves. */
const curvePoint = z.object({ us: z.number(), share: z.number(), low: z.number(), high: z.number() });

/** Recovery times over many trials, a curve for each kind; trials that never recovered keep it below 1. */
const raceDistribution = message('race-distribution', {
  run: count,
  fault: z.string(),
  seed: z.string(),
  trials: count,
  /** Whether all trials are in. */
  complete: z.boolean(),
  kinds: z.array(
    z.object({ kind: z.string(), title: z.string(), trials: count, never: count, curve: z.array(curvePoint) }),
  ),
  notes: z.array(z.string()),
});

/** The server will not go on with this connection, or not now; it closes after unless `retry` says when to come back. */
const refused = message('refused', { reason: z.string() });

/** The session or the server ends; nothing follows. */
const goodbye = message('goodbye', { reason: z.string() });

export const serverMessage = z.discriminatedUnion('type', [
  welcome,
  problem,
  loaded,
  records,
  snapshot,
  state,
  simulated,
  measuring,
  measured,
  saved,
  exported,
  racePlan,
  raceProgress,
  raceDistribution,
  refused,
  goodbye,
]);

export type ServerMessage = z.infer<typeof serverMessage>;
/** One message by its type, e.g. `ServerMessageOf<'records'>`. */
export type ServerMessageOf<Type extends ServerMessage['type']> = Extract<ServerMessage, { readonly type: Type }>;
