import type { Agenda } from '@faultline/clock';
import type { OperationWorkloadSpec } from '@faultline/scenario';
import type { Path } from '../../network/path.ts';
import type { Node } from '../../nodes/node.ts';
import type { CohortView } from '../cohort-view.ts';
import type { Connection } from '../connection.ts';
import type { Pool } from '../pool.ts';
import { backoffUs, triesAgain } from '../retry.ts';
import type { StraightArrivals } from './arrivals.ts';
import type { SilentHost } from './silent-host.ts';
import type { SpellCourses } from './spell-courses.ts';
import type { StraightOperation } from './straight-operation.ts';
import type { Underway } from './underway.ts';
import { isClear, type WaysFrom } from './ways.ts';

/** What a spell goes by, and where operations go that do not end in silence. */
export interface SpellSetting {
  readonly courses: SpellCourses;
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
  readonly #courses: SpellCourses;
  readonly #operation: StraightOperation;
  readonly #setting: SpellSetting;
  /** The host that was looked for last in this spell, and the way to it. */
  #gone: SilentHost | null = null;
  #way!: Path;

  constructor(cohort: CohortView, setting: SpellSetting) {
    this.#cohort = cohort;
    this.#agenda = cohort.world.agenda;
    this.#courses = setting.courses;
    this.#operation = setting.operation;
    this.#setting = setting;
  }

  /** Goes on from the present instant as far as the spell lasts. */
  goOn(): void {
    const courses = this.#courses;
    if (courses.waiting.count === 0 || !this.#isPossible) return;
    const arrivals = courses.begin();
    if (arrivals === null || arrivals.workload.action === 'transaction') return;
    const { workload } = arrivals;
    this.#gone = null;
    while (!this.#cohort.world.recorder.settled && this.#goesOn(arrivals, workload));
    courses.foresee();
  }

  /** Whether nobody wants to see every attempt, or to learn from it. */
  get #isPossible(): boolean {
    const { spec, records, site, world } = this.#cohort;
    return spec.routing === null && records.countsTimeOuts && !world.hasNoPower(site);
  }

  /** What comes next, unless it is none of these. Whether the spell lasts. */
  #goesOn(arrivals: StraightArrivals, workload: OperationWorkloadSpec): boolean {
    switch (this.#courses.next) {
      case 'arrivals':
        return this.#arrives(arrivals, workload);
      case 'waiting':
        return this.#givesUp();
      case 'retries':
        this.#agenda.advance(this.#courses.retries.nextUs);
        return this.#tries(this.#courses.retries.removeFirst());
      default:
        return false;
    }
  }

  #arrives(arrivals: StraightArrivals, workload: OperationWorkloadSpec): boolean {
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
    const { waiting, retries } = this.#courses;
    const { attempts, client, finished, uncertain, action, op, invokedAtUs, host } = waiting.oldest;
    if (finished !== null || uncertain) return false;
    this.#agenda.advance(waiting.nextUs);
    const { records, spec, backoffRandom } = this.#cohort;
    const operation = waiting.removeOldest();
    if (!triesAgain(spec.retry, attempts, false)) {
      const goesOn = this.#passOn(client.pool);
      records.timedOut(client.index, op, action, invokedAtUs);
      this.#operation.giveBack(operation);
      return goesOn;
    }
    records.attemptTimedOut(client.index);
    const goesOn = this.#passOn(client.pool);
    operation.node = host.node;
    retries.add(operation, backoffUs(spec.retry, attempts, backoffRandom));
    return goesOn;
  }

  /** Another attempt of an operation. Whether only silence comes of it. */
  #tries(operation: Underway): boolean {
    operation.attempts++;
    const taken = operation.client.pool.take();
    if (taken === 'full') {
      this.#courses.queue.add(operation);
      return true;
    }
    if (taken === 'room') return this.#opens(operation, false);
    this.#courses.foresee();
    this.#operation.goOnWith(operation);
    this.#setting.goOnBy(taken);
    return false;
  }

  /** Whoever waits for the place that came free in a pool looks for a host. Whether only silence comes of it. */
  #passOn(pool: Pool): boolean {
    const borrower = pool.passOn();
    if (borrower === null) return true;
    const operation = this.#courses.queue.take(borrower);
    if (operation !== null) return this.#opens(operation, true);
    this.#courses.foresee();
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
      this.#courses.foresee();
      this.#operation.goOnWith(operation);
      if (aside) this.#setting.openAsideTo(node);
      else this.#setting.openTo(node);
      return false;
    }
    // It has to be there before anything else happens, and before its client gives up.
    const limitUs = Math.min(this.#courses.quietUntilUs, atUs + this.#setting.connectWithinUs + 1) - atUs;
    const latencyUs = this.#way.latencyNear(limitUs);
    if (latencyUs >= limitUs) {
      this.#courses.foresee();
      this.#operation.goOnWith(operation);
      this.#operation.handshake(node, atUs).travels(atUs + latencyUs);
      return false;
    }
    this.#courses.waiting.add(operation, this.#gone as SilentHost, null, atUs);
    return true;
  }

  /** Whether nothing but silence comes from a node. Remembered for the rest of the spell, in which nothing changes that. */
  #isGone(node: Node): boolean {
    const { out, back } = this.#setting.ways.to(node.site);
    if (node.hostUp || !isClear(out, back, this.#agenda.nowUs)) return false;
    this.#gone = this.#setting.hostOf(node);
    this.#way = out;
    return true;
  }
}
