import type { Agenda } from '@faultline/clock';
import type { OperationWorkloadSpec } from '@faultline/scenario';
import type { Path } from '../../network/path.ts';
import type { Node } from '../../nodes/node.ts';
import type { CohortView } from '../cohort-view.ts';
import type { Connection } from '../connection.ts';
import type { Pool } from '../pool.ts';
import { backoffUs, triesAgain } from '../retry.ts';
import type { StraightArrivals } from './arrivals.ts';
import type { PoolQueue } from './pool-queue.ts';
import type { Retries } from './retries.ts';
import type { SilentAttempts } from './silent-attempts.ts';
import type { SilentHost } from './silent-host.ts';
import type { StraightOperation } from './straight-operation.ts';
import type { Timetable } from './timetable.ts';
import type { Underway } from './underway.ts';
import { isClear, type WaysFrom } from './ways.ts';

/** What a spell goes by, and where operations go that do not end in silence. */
export interface SpellSetting {
  readonly timetable: Timetable;
  /** Those that wait for a connection to a host that is gone. */
  readonly waiting: SilentAttempts;
  readonly retries: Retries;
  readonly queue: PoolQueue;
  readonly operation: StraightOperation;
  readonly ways: WaysFrom;
  /** Within this time a client does not give an attempt to connect up, whatever happens. */
  readonly connectWithinUs: number;
  /** The operation under way goes on with a connection that its pool has lent. */
  goOnBy(connection: Connection): void;
  /** The operation under way opens a connection to a node that was looked up for it. */
  openTo(node: Node | null): void;
  /** The same while another operation is still at work: time must not pass. */
  openAsideTo(node: Node | null): void;
  hostOf(node: Node): SilentHost;
}

/**
 * A time in which everybody looks for a host that is gone: arrivals, the ends of attempts, and attempts that follow them, in
 * their order, in one loop, for as long as nothing else is due and all meet the same fate. The first one that does not goes
 * on as every operation does.
 */
export class SilentSpell {
  readonly #cohort: CohortView;
  readonly #agenda: Agenda;
  readonly #waiting: SilentAttempts;
  readonly #retries: Retries;
  readonly #queue: PoolQueue;
  readonly #operation: StraightOperation;
  readonly #setting: SpellSetting;
  readonly #arrivals: StraightArrivals[] = [];
  /** Those of the present spell, and when something else happens. */
  #present!: StraightArrivals;
  #untilUs = 0;
  /** The host that was looked for last in this spell, and the way to it. */
  #gone: SilentHost | null = null;
  #way!: Path;

  constructor(cohort: CohortView, setting: SpellSetting) {
    this.#cohort = cohort;
    this.#agenda = cohort.world.agenda;
    this.#waiting = setting.waiting;
    this.#retries = setting.retries;
    this.#queue = setting.queue;
    this.#operation = setting.operation;
    this.#setting = setting;
  }

  add(arrivals: StraightArrivals): void {
    this.#arrivals.push(arrivals);
  }

  /** Goes on from the present instant as far as the spell lasts. */
  goOn(): void {
    if (this.#waiting.count === 0 || !this.#isPossible) return;
    const arrivals = this.#nextArrivals();
    if (arrivals === null || arrivals.workload.action === 'transaction') return;
    this.#present = arrivals;
    this.#gone = null;
    this.#untilUs = Math.min(
      this.#agenda.quietUntilUs,
      this.#setting.timetable.firstBesides(arrivals.line, this.#waiting.line, this.#retries.line),
    );
    while (!this.#cohort.world.recorder.settled && this.#goesOn(arrivals, arrivals.workload));
    this.#foresee();
  }

  /** Whether nobody wants to see every attempt, or to learn from it. */
  get #isPossible(): boolean {
    const { spec, records, site, world } = this.#cohort;
    return spec.routing === null && records.countsTimeOuts && !world.hasNoPower(site);
  }

  /** What comes next, unless it is none of these. Whether the spell lasts. */
  #goesOn(arrivals: StraightArrivals, workload: OperationWorkloadSpec): boolean {
    const waiting = this.#waiting;
    const retries = this.#retries;
    const triesUs = retries.nextUs;
    const arrivesFirst = comesFirst(arrivals, waiting);
    const next = arrivesFirst ? arrivals : waiting;
    if (triesUs < next.nextUs || (triesUs === next.nextUs && retries.place < next.place)) {
      if (this.#isLater(triesUs)) return false;
      this.#agenda.advance(triesUs);
      return this.#tries(retries.removeFirst());
    }
    if (this.#isLater(next.nextUs)) return false;
    return arrivesFirst ? this.#arrives(arrivals, workload) : this.#givesUp();
  }

  /** Whether something else comes before, or in the same instant. */
  #isLater(atUs: number): boolean {
    return atUs >= this.#untilUs || atUs >= this.#queue.nextUs;
  }

  #arrives(arrivals: StraightArrivals, workload: OperationWorkloadSpec): boolean {
    if (arrivals.areOver) return false;
    const { nextUs: atUs } = arrivals;
    this.#agenda.advance(atUs);
    arrivals.drawNext(atUs);
    const client = arrivals.nextClient();
    const key = this.#cohort.nextKey(workload);
    const operation = this.#operation.take();
    operation.begin(client, workload, key, this.#cohort.world.nextOperation(), atUs);
    return this.#tries(operation);
  }

  /** The one that has waited longest for an answer has waited long enough. */
  #givesUp(): boolean {
    const { attempts, client, finished, uncertain, action, op, invokedAtUs, to } = this.#waiting.oldest;
    if (finished !== null || uncertain) return false;
    this.#agenda.advance(this.#waiting.nextUs);
    const { records, spec, backoffRandom } = this.#cohort;
    const operation = this.#waiting.removeOldest();
    if (!triesAgain(spec.retry, attempts, false)) {
      const goesOn = this.#passOn(client.pool);
      records.timedOut(client.index, op, action, invokedAtUs);
      this.#operation.giveBack(operation);
      return goesOn;
    }
    records.attemptTimedOut(client.index);
    const goesOn = this.#passOn(client.pool);
    operation.node = to;
    this.#retries.add(operation, backoffUs(spec.retry, attempts, backoffRandom));
    return goesOn;
  }

  /** Another attempt of an operation. Whether only silence comes of it. */
  #tries(operation: Underway): boolean {
    operation.attempts++;
    const taken = operation.client.pool.take();
    if (taken === 'full') {
      this.#queue.add(operation);
      return true;
    }
    if (taken === 'room') return this.#opens(operation, false);
    this.#foresee();
    this.#operation.goOnWith(operation);
    this.#setting.goOnBy(taken);
    return false;
  }

  /** Whoever waits for the place that came free in a pool looks for a host. Whether only silence comes of it. */
  #passOn(pool: Pool): boolean {
    const borrower = pool.passOn();
    if (borrower === null) return true;
    const operation = this.#queue.take(borrower);
    if (operation !== null) return this.#opens(operation, true);
    this.#foresee();
    borrower.open();
    return false;
  }

  /**
   * The operation looks for a host. Whether only silence comes of it; else it goes on elsewhere.
   *
   * @param aside Another operation is still at work.
   */
  #opens(operation: Underway, aside: boolean): boolean {
    const node = operation.client.resolve();
    const atUs = this.#agenda.nowUs;
    if (node === null || (node !== this.#gone?.node && !this.#isGone(node))) {
      this.#foresee();
      this.#operation.goOnWith(operation);
      if (aside) this.#setting.openAsideTo(node);
      else this.#setting.openTo(node);
      return false;
    }
    // It has to be there before anything else happens, and before its client gives up.
    const limitUs = Math.min(this.#untilUs, this.#nextUs, atUs + this.#setting.connectWithinUs + 1) - atUs;
    const latencyUs = this.#way.latencyNear(limitUs);
    if (latencyUs >= limitUs) {
      this.#foresee();
      this.#operation.goOnWith(operation);
      this.#operation.handshake(node, atUs).travels(atUs + latencyUs);
      return false;
    }
    this.#waiting.add(operation, node, this.#gone as SilentHost, null, atUs);
    return true;
  }

  /** When the next of all those comes that are followed here. */
  get #nextUs(): number {
    return Math.min(this.#present.nextUs, this.#waiting.nextUs, this.#retries.nextUs, this.#queue.nextUs);
  }

  #foresee(): void {
    this.#present.foresee();
    this.#waiting.foresee();
    this.#retries.foresee();
    this.#queue.foresee();
  }

  /** Whether nothing but silence comes from a node. Remembered for the rest of the spell, in which nothing changes that. */
  #isGone(node: Node): boolean {
    const { out, back } = this.#setting.ways.to(node.site);
    if (node.hostUp || !isClear(out, back, this.#agenda.nowUs)) return false;
    this.#gone = this.#setting.hostOf(node);
    this.#way = out;
    return true;
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
