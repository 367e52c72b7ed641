import type { Scenario } from '@faultline/scenario';
import type { ServerMessageOf } from '../../protocol/server-messages.ts';
import { PrefixCheck } from '../recording/prefix-check.ts';
import type { Recordings } from '../recording/recordings.ts';
import { Extent } from './extent.ts';
import { type Goal, instantOf, wantedUs } from './goal.ts';
import { Lane, type Seen } from './lane.ts';
import { describeLane } from './lane-description.ts';
import type { Outlet } from './outlet.ts';
import { Playback } from './playback.ts';
import type { NamedScenario } from './scenario-source.ts';
import { StateReport } from './state-report.ts';

/** Seeks are answered this far apart at least, also while a hand drags. */
const ANSWER_EVERY_MS = 15;

type Reason = ServerMessageOf<'loaded'>['reason'];

/** What a session plays: its lanes, the time that passes in them, and the page that they are sent to. */
export class Stage {
  readonly #recordings: Recordings;
  readonly #playback = new Playback();
  #lanes: readonly Lane[] = [];
  #extent = new Extent([]);
  #run = 0;
  #goal: Goal | null = null;
  #outlet: Outlet | null = null;
  #tickedAtMs: number | null = null;
  readonly #state = new StateReport();
  /** Simulated time that could not be shown in time, because it was not simulated yet. */
  lateUs = 0;

  constructor(recordings: Recordings) {
    this.#recordings = recordings;
  }

  get run(): number {
    return this.#run;
  }

  get lanes(): readonly Lane[] {
    return this.#lanes;
  }

  get positionUs(): number {
    return this.#playback.positionUs;
  }

  get hasWork(): boolean {
    return this.#outlet !== null && !this.#extent.isDone;
  }

  /** How long play can go on with what is simulated: 0 for one that waits, Infinity for one that stands still. */
  get leadMs(): number {
    const { playing, positionUs, speed } = this.#playback;
    if (this.#goal !== null) return 0;
    return playing ? (this.#extent.limitUs - positionUs) / 1_000 / speed : Number.POSITIVE_INFINITY;
  }

  get isWaiting(): boolean {
    const { playing, positionUs } = this.#playback;
    return this.#goal !== null || (playing && positionUs >= this.#extent.limitUs && positionUs < this.#extent.endUs);
  }

  /** Plays other runs, from the beginning. */
  load(reason: Reason, scenarios: readonly NamedScenario[], paused: boolean): void {
    const recordings = scenarios.map(({ scenario }) => this.#recordings.open(scenario));
    this.#run++;
    this.#show(
      recordings.map((recording, index) => new Lane(recording, scenarios[index]?.name ?? null, index, this.#run)),
    );
    this.#goal = null;
    this.#playback.goTo(0);
    this.#playback.playing = !paused;
    this.#tell(reason);
  }

  /**
   * Plays the same runs with something else in their future, from `atUs` on.
   *
   * @param diverged Told if the past is not the same, which is a fault of ours.
   */
  intervene(scenarios: readonly Scenario[], atUs: number, diverged: (message: string) => void): void {
    const recordings = scenarios.map((scenario, index) => {
      const old = (this.#lanes[index] as Lane).recording;
      return this.#recordings.open(scenario, new PrefixCheck(old, atUs, diverged));
    });
    this.#run++;
    this.#show(
      recordings.map((recording, index) => {
        const before = this.#lanes[index] as Lane;
        return new Lane(recording, before.name, index, this.#run, before);
      }),
    );
    if (!this.#playback.playing) this.#goal = { kind: 'show', atUs };
    this.#tell('intervention');
  }

  play(speed: number | undefined): void {
    if (speed !== undefined) this.#playback.speed = speed;
    this.#playback.playing = true;
  }

  pause(): void {
    this.#playback.playing = false;
    if (this.#goal?.kind === 'step') this.#goal = null;
  }

  setSpeed(speed: number): void {
    this.#playback.speed = speed;
  }

  step(): void {
    this.#playback.playing = false;
    this.#goal = { kind: 'step' };
  }

  /** Many seeks in a row, as when a slider is dragged, cost no more than the last one. */
  seek(atUs: number): void {
    this.#goal = { kind: 'seek', atUs: Math.min(atUs, this.#extent.horizonUs) };
  }

  /** Sends to this page from now on; one that was here before goes on where it was. */
  attach(outlet: Outlet, seen: Seen | null): void {
    this.#outlet = outlet;
    this.#tickedAtMs = null;
    this.#state.forget();
    for (const lane of this.#lanes) lane.forgetReports();
    if (seen === null || this.#lanes.length === 0) return;
    if (seen.run === this.#run && seen.seqs.length === this.#lanes.length) {
      this.#lanes.forEach((lane, index) => {
        lane.resumeFrom(seen.seqs[index] as number);
      });
      return;
    }
    for (const lane of this.#lanes) lane.oweSnapshot('resume');
    this.#tell('resume');
  }

  /** Nothing is simulated and no time passes while nobody watches. */
  detach(): void {
    this.#outlet = null;
  }

  /** Nothing will be played any more. */
  close(): void {
    this.detach();
    this.#show([]);
  }

  /** Whether somebody waits for an instant that can be shown; false again and again costs nothing while a hand drags. */
  canAnswer(nowMs: number): boolean {
    if (this.#goal === null || nowMs - (this.#tickedAtMs ?? 0) < ANSWER_EVERY_MS) return false;
    return instantOf(this.#goal, this.positionUs, this.#extent) <= this.#extent.limitUs;
  }

  /** Lets time pass and sends what there is to see. */
  tick(nowMs: number): void {
    const outlet = this.#outlet;
    if (outlet === null || this.#lanes.length === 0) return;
    const elapsedMs = this.#tickedAtMs === null ? 0 : nowMs - this.#tickedAtMs;
    this.#tickedAtMs = nowMs;
    if (this.#goal === null) this.lateUs += this.#playback.pass(elapsedMs, this.#extent.limitUs);
    else this.#approach(this.#goal);
    const ended = this.#extent.isDone && this.positionUs >= this.#extent.endUs;
    if (ended) this.#playback.playing = false;
    for (const lane of this.#lanes) lane.flush(outlet, this.positionUs, nowMs);
    const { playing, speed } = this.#playback;
    const state = { run: this.#run, playing, speed, waiting: this.isWaiting, wantedUs: wantedUs(this.#goal), ended };
    this.#state.tell(outlet, state, this.positionUs);
  }

  /** Simulates ahead: the lane that is furthest behind. Returns the number of records made. */
  work(isOver: () => boolean): number {
    return this.#extent.furthestBehind?.advance(isOver, this.isWaiting) ?? 0;
  }

  /** The lanes that were here before are not needed any more; what they share with these stays. */
  #show(lanes: readonly Lane[]): void {
    const before = this.#lanes;
    this.#lanes = lanes;
    this.#extent = new Extent(lanes.map(({ recording }) => recording));
    for (const { recording } of before) this.#recordings.close(recording);
  }

  #approach(goal: Goal): void {
    const atUs = instantOf(goal, this.positionUs, this.#extent);
    if (atUs > this.#extent.limitUs) return;
    this.#playback.goTo(atUs);
    if (goal.kind === 'seek') for (const lane of this.#lanes) lane.oweSnapshot('seek');
    this.#goal = null;
  }

  #tell(reason: Reason): void {
    const lanes = this.#lanes.map(describeLane);
    this.#outlet?.send({ type: 'loaded', run: this.#run, reason, horizonUs: this.#extent.horizonUs, lanes });
  }
}
