import type { Agenda } from '@faultline/clock';
import type { OperationWorkloadSpec } from '@faultline/scenario';
import type { Node } from '../../nodes/node.ts';
import type { Client } from '../client.ts';
import type { CohortView } from '../cohort-view.ts';
import type { StraightArrivals } from './arrivals.ts';
import type { SilentArrivals } from './silent-arrivals.ts';
import type { SilentHost } from './silent-host.ts';
import type { StraightOperation } from './straight-operation.ts';
import type { Timetable } from './timetable.ts';
import { isClear, type WaysFrom } from './ways.ts';

/** What a spell goes by, and where operations go that do not end in silence. */
export interface SpellSetting {
  readonly timetable: Timetable;
  readonly waiting: SilentArrivals;
  readonly operation: StraightOperation;
  readonly ways: WaysFrom;
  /** Within this time a client does not give an attempt to connect up, whatever happens. */
  readonly connectWithinUs: number;
  /** The operation under way begins an attempt. */
  attempt(): void;
  /** The operation under way opens a connection to a node that was looked up for it. */
  openTo(node: Node | null): void;
  hostOf(node: Node): SilentHost;
}

/**
 * A time in which whatever arrives looks for a host that is gone: arrivals and the ends of attempts, in their order, in
 * one loop, for as long as nothing else is due and every arrival meets the same fate. The first one that does not, with
 * what was drawn for it, goes on as every operation does.
 */
export class SilentSpell {
  readonly #cohort: CohortView;
  readonly #agenda: Agenda;
  readonly #waiting: SilentArrivals;
  readonly #setting: SpellSetting;
  readonly #arrivals: StraightArrivals[] = [];

  constructor(cohort: CohortView, setting: SpellSetting) {
    this.#cohort = cohort;
    this.#agenda = cohort.world.agenda;
    this.#waiting = setting.waiting;
    this.#setting = setting;
  }

  add(arrivals: StraightArrivals): void {
    this.#arrivals.push(arrivals);
  }

  /** Goes on from the present instant as far as the spell lasts. */
  goOn(): void {
    if (this.#waiting.count === 0 || this.#cohort.world.hasNoPower(this.#cohort.site)) return;
    const arrivals = this.#nextArrivals();
    if (arrivals === null || arrivals.workload.action === 'transaction') return;
    const waiting = this.#waiting;
    const { recorder } = this.#cohort.world;
    const restUs = this.#setting.timetable.firstBesides(arrivals.line, waiting.line);
    const untilUs = Math.min(this.#agenda.quietUntilUs, restUs);
    let goesOn = true;
    while (goesOn && !recorder.settled) {
      if (comesFirst(arrivals, waiting)) {
        if (arrivals.nextUs >= untilUs || arrivals.areOver) break;
        goesOn = this.#arrives(arrivals, arrivals.workload, untilUs);
      } else {
        if (waiting.nextUs >= untilUs || waiting.client.pool.isWaitedFor) break;
        this.#fails();
      }
    }
    if (goesOn) this.#foresee(arrivals);
  }

  /** The next arrival looks for a host too. Whether nothing but silence came of it. */
  #arrives(arrivals: StraightArrivals, workload: OperationWorkloadSpec, untilUs: number): boolean {
    const { world } = this.#cohort;
    const waiting = this.#waiting;
    const atUs = arrivals.nextUs;
    this.#agenda.advance(atUs);
    arrivals.drawNext(atUs);
    const client = arrivals.nextClient();
    const key = this.#cohort.nextKey(workload);
    const op = world.nextOperation();
    if (!client.pool.takeRoom()) {
      this.#begin(arrivals, client, workload, key, op, 0);
      this.#setting.attempt();
      return false;
    }
    const node = client.resolve();
    if (node === null || node.hostUp || !this.#isClearTo(node, atUs)) {
      this.#begin(arrivals, client, workload, key, op, 1);
      this.#setting.openTo(node);
      return false;
    }
    // It has to be there before anything else happens, and before its client gives up.
    const withinUs =
      Math.min(untilUs, arrivals.nextUs, waiting.nextUs, atUs + this.#setting.connectWithinUs + 1) - atUs;
    const latencyUs = this.#setting.ways.to(node.site).out.latencyNear(withinUs);
    if (latencyUs >= withinUs) {
      this.#begin(arrivals, client, workload, key, op, 1);
      this.#setting.operation.handshake(node, atUs).travels(atUs + latencyUs);
      return false;
    }
    waiting.add(client, workload, key, op, atUs, atUs, this.#setting.hostOf(node));
    return true;
  }

  /** The one that has waited longest has waited long enough. */
  #fails(): void {
    const waiting = this.#waiting;
    const { client, op, action, invokedAtUs } = waiting;
    this.#agenda.advance(waiting.nextUs);
    waiting.removeFirst();
    client.pool.drop();
    this.#cohort.records.timedOut(client.index, op, action, invokedAtUs);
  }

  /** What has arrived becomes the operation under way. */
  #begin(
    arrivals: StraightArrivals,
    client: Client,
    { action, consistency }: OperationWorkloadSpec,
    key: number,
    op: number,
    attempts: number,
  ): void {
    this.#foresee(arrivals);
    const { underway } = this.#setting.operation;
    underway.begin(client, { action, key, op, consistency }, null, this.#agenda.nowUs);
    underway.attempts = attempts;
  }

  #foresee(arrivals: StraightArrivals): void {
    arrivals.foresee();
    this.#waiting.foresee();
  }

  #isClearTo({ site }: Node, nowUs: number): boolean {
    const { out, back } = this.#setting.ways.to(site);
    return isClear(out, back, nowUs);
  }

  /** Those that arrive next of all; null when nothing will. */
  #nextArrivals(): StraightArrivals | null {
    let next: StraightArrivals | null = null;
    for (const arrivals of this.#arrivals) if (next === null || comesFirst(arrivals, next)) next = arrivals;
    return next;
  }
}

/** Whether the one comes before the other: earlier, or in the earlier place of the same instant. */
function comesFirst(one: NextInstant, other: NextInstant): boolean {
  return one.nextUs < other.nextUs || (one.nextUs === other.nextUs && one.place < other.place);
}

interface NextInstant {
  readonly nextUs: number;
  readonly place: number;
}
