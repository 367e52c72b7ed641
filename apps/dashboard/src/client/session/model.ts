import { type RunMetrics, type Verdict, ViewFold } from '@faultline/metrics';
import type { HeaderRecord } from '@faultline/trace';
import type { Catalogue } from '../../protocol/catalogue.ts';
import type { ServerMessageOf } from '../../protocol/server-messages.ts';
import type { Statechart } from '../../protocol/statechart.ts';

export type Problem = ServerMessageOf<'problem'>;
export type Distribution = ServerMessageOf<'race-distribution'>;

export type RacePlan = Pick<ServerMessageOf<'race-plan'>, 'kinds' | 'fault' | 'trials'>;

export const noRace: Model['race'] = { plan: null, done: 0, of: 0, distribution: null };

/** What came of a whole run, as the server says. */
export interface Measured {
  readonly digest: string;
  readonly verdicts: readonly Verdict[];
  readonly held: boolean | null;
}

/** One run: its scenario, and the picture of it folded so far. */
export interface Lane {
  readonly header: HeaderRecord;
  readonly yaml: string;
  readonly name: string | null;
  readonly charts: readonly Statechart[];
  fold: ViewFold;
  /** Index of the first record that is not folded. */
  seq: number;
  simulatedToUs: number;
  done: boolean;
  /** Measures of the run as far as it is simulated; null before that is as far as it is shown. */
  metrics: RunMetrics | null;
  /** How far the run was simulated when it was measured. */
  metricsToUs: number;
  measured: Measured | null;
}

export type ConnectionStatus = 'connecting' | 'open' | 'lost' | 'refused' | 'ended';

/** All that the page knows. Views read it; only the session writes it. */
export interface Model {
  status: ConnectionStatus;
  statusReason: string;
  session: string | null;
  catalogue: Catalogue | null;
  run: number;
  horizonUs: number;
  lanes: Lane[];
  playing: boolean;
  speed: number;
  waiting: boolean;
  /** The instant that a seek waits for, if one does. */
  wantedUs: number | null;
  ended: boolean;
  /** Simulated time that has been reached, and when the page heard of it (milliseconds of its own clock). */
  atUs: number;
  heardAtMs: number;
  problem: Problem | null;
  saved: ServerMessageOf<'saved'> | null;
  exported: ServerMessageOf<'exported'> | null;
  race: { plan: RacePlan | null; done: number; of: number; distribution: Distribution | null };
}

export function emptyModel(): Model {
  return {
    status: 'connecting',
    statusReason: '',
    session: null,
    catalogue: null,
    run: -1,
    horizonUs: 0,
    lanes: [],
    playing: false,
    speed: 1,
    waiting: false,
    wantedUs: null,
    ended: false,
    atUs: 0,
    heardAtMs: 0,
    problem: null,
    saved: null,
    exported: null,
    race: noRace,
  };
}

export function newLane({ header, yaml, name, charts }: ServerMessageOf<'loaded'>['lanes'][number]): Lane {
  return {
    header,
    yaml,
    name,
    charts,
    fold: new ViewFold(),
    seq: 0,
    simulatedToUs: 0,
    done: false,
    metrics: null,
    metricsToUs: 0,
    measured: null,
  };
}
