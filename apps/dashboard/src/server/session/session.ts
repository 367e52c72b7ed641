import type { Executor } from '@faultline/study';
import type { ClientMessage, ClientMessageOf } from '../../protocol/client-messages.ts';
import type { ServerMessage } from '../../protocol/server-messages.ts';
import type { Scenarios } from '../catalogue.ts';
import type { ServerLimits } from '../limits.ts';
import { racePlan } from '../race/race-plan.ts';
import { RaceWatch } from '../race/race-watch.ts';
import type { Recordings } from '../recording/recordings.ts';
import { costRefusal, estimatedRecords } from '../scenario-cost.ts';
import { exportName } from './export-name.ts';
import { type Intervention, instantOfIntervention, intervened } from './intervention.ts';
import type { Lane, Seen } from './lane.ts';
import type { Outlet } from './outlet.ts';
import { Refusal } from './refusal.ts';
import { savedRun } from './saved-run.ts';
import { type NamedScenario, scenarioOf, withSeed } from './scenario-source.ts';
import { Stage } from './stage.ts';

/** What a session needs from the server around it. */
export interface Surroundings {
  readonly scenarios: Scenarios;
  readonly limits: ServerLimits;
  readonly recordings: Recordings;
  /** Where trials are run. */
  readonly executor: () => Executor;
  /** Records that all other sessions may still make, by estimate. */
  readonly recordsLeft: (besides: Session) => number;
  /** Something is wrong that is our fault. */
  readonly report: (message: string) => void;
}

/** `hello` begins a connection; everything else is for its session. */
export type SessionMessage = Exclude<ClientMessage, { readonly type: 'hello' }>;

/** One person's simulation: what plays, what they did to it, and where it is sent. */
export class Session {
  readonly id: string;
  readonly stage: Stage;
  readonly #around: Surroundings;
  readonly #race: RaceWatch;
  #outlet: Outlet | null = null;
  #records = 0;

  constructor(id: string, around: Surroundings) {
    this.id = id;
    this.#around = around;
    this.stage = new Stage(around.recordings);
    this.#race = new RaceWatch({
      run: () => this.stage.run,
      send: (message) => this.#send(message),
      report: around.report,
      executor: around.executor,
    });
  }

  /** Records that its runs are expected to make. */
  get estimatedRecords(): number {
    return this.#records;
  }

  get outlet(): Outlet | null {
    return this.#outlet;
  }

  /** Another page takes over; one that was here before is told so. */
  attach(outlet: Outlet, seen: Seen | null): void {
    this.#outlet?.end('This session is open on another page now.');
    this.#outlet = outlet;
    this.stage.attach(outlet, seen);
    this.#race.tell();
  }

  /** The page is gone, unless another one has taken its place. */
  detach(outlet: Outlet): void {
    if (this.#outlet !== outlet) return;
    this.#outlet = null;
    this.stage.detach();
  }

  end(reason: string): void {
    this.#race.end();
    this.#outlet?.end(reason);
    this.#outlet = null;
    this.stage.close();
  }

  /** Does what the page asks for, or tells it why not. */
  handle(message: SessionMessage): void {
    try {
      this.#carryOut(message);
    } catch (error) {
      if (error instanceof Refusal) this.#send(error.answer);
      else {
        const text = error instanceof Error ? error.message : String(error);
        this.#around.report(`${message.type}: ${text}`);
        this.#send({ type: 'problem', where: 'message', text: `This went wrong and is our fault: ${text}` });
      }
    }
  }

  #carryOut(message: SessionMessage): void {
    if (message.type === 'load') this.#load(message);
    else if (message.type === 'restart') this.#restart(message.seed);
    else if (message.type === 'race') this.#startRace(message);
    else if (message.type === 'inject' || message.type === 'heal' || message.type === 'request')
      this.#intervene(message);
    else if (message.type === 'save') this.#save(message.lane ?? 0);
    else if (message.type === 'export') this.#export(message);
    else this.#steer(message);
  }

  #steer(message: ClientMessageOf<'play' | 'pause' | 'step' | 'seek' | 'speed'>): void {
    this.#lane(0);
    if (message.type === 'play') this.stage.play(message.speed);
    else if (message.type === 'pause') this.stage.pause();
    else if (message.type === 'step') this.stage.step();
    else if (message.type === 'seek') this.stage.seek(message.atUs);
    else this.stage.setSpeed(message.speed);
  }

  #load(message: ClientMessageOf<'load'>): void {
    const source = scenarioOf(this.#around.scenarios, message);
    this.#afford([source]);
    this.#race.end();
    this.stage.load('load', [source], message.paused ?? false);
    if (message.atUs !== undefined) this.stage.seek(message.atUs);
  }

  #restart(seed: string | undefined): void {
    this.#lane(0);
    const again = this.stage.lanes.map(({ recording, name }) => ({
      name,
      scenario: withSeed(recording.scenario, seed),
    }));
    this.stage.load('restart', again, false);
  }

  #intervene(message: Intervention): void {
    const { recording } = this.#lane(0);
    if (this.stage.lanes.length > 1)
      throw new Refusal('intervention', 'A race runs as it was started: load a scenario to break things by hand.');
    const atUs = instantOfIntervention(this.stage.positionUs);
    const scenario = intervened(recording.scenario, message, atUs);
    this.#afford([{ name: null, scenario }]);
    this.stage.intervene([scenario], atUs, (difference) => {
      this.#around.report(`an intervention changed its past: ${difference}`);
      const text = 'The run with this change differs from the one before it, which is our fault: restart it.';
      this.#send({ type: 'problem', where: 'intervention', text });
    });
  }

  #save(index: number): void {
    const { run } = this.stage;
    this.#lane(index).whenDone((recording) => this.#send(savedRun(run, recording)));
  }

  #export({ what, lane: index = 0 }: ClientMessageOf<'export'>): void {
    this.#lane(index).whenDone(({ scenario }) => {
      const url = `/export/${this.id}/${index}/${what}`;
      this.#send({ type: 'exported', url, filename: exportName(scenario, what) });
    });
  }

  #startRace(message: ClientMessageOf<'race'>): void {
    const plan = racePlan(message);
    const sources = plan.racers.map(({ scenario }) => ({ name: null, scenario }));
    this.#afford(sources);
    this.#race.end();
    this.stage.load('race', sources, false);
    this.#race.start(plan);
  }

  /** Throws a Refusal when the server would take on too much. */
  #afford(sources: readonly NamedScenario[]): void {
    const { limits, recordsLeft } = this.#around;
    for (const { scenario } of sources) {
      const refusal = costRefusal(scenario, limits.recordsPerRun, limits.faults);
      if (refusal !== null) throw new Refusal('scenario', refusal);
    }
    const records = sources.reduce((sum, { scenario }) => sum + estimatedRecords(scenario), 0);
    const left = recordsLeft(this);
    if (records > left)
      throw new Refusal(
        'scenario',
        `All sessions together may make ${limits.recordsInAll} records; ${left} are left and this needs ${records}. Try a shorter horizon, or later.`,
      );
    this.#records = records;
  }

  #lane(index: number): Lane {
    const lane = this.stage.lanes[index];
    if (lane === undefined)
      throw new Refusal('message', index === 0 ? 'Load a scenario first.' : `There is no lane ${index}.`);
    return lane;
  }

  #send(message: ServerMessage): void {
    this.#outlet?.send(message);
  }
}
