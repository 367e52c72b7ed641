import type { Agenda } from '@faultline/clock';
import type { Path } from '../../network/path.ts';
import type { Node } from '../../nodes/node.ts';
import { setupUs } from '../../nodes/server.ts';
import type { CohortView } from '../cohort-view.ts';
import { openedConnection } from '../handshake.ts';
import type { Silence } from './silence.ts';
import type { StraightOperation } from './straight-operation.ts';
import type { StraightStatements } from './straight-statements.ts';
import { isClear, type WaysFrom } from './ways.ts';

/** What openings go by, and where operations go on. */
interface OpeningSetting {
  readonly operation: StraightOperation;
  readonly silence: Silence;
  readonly statements: StraightStatements;
  readonly ways: WaysFrom;
  /** Within this time a client does not give an attempt up, whatever happens. */
  readonly withinUs: number;
}

/** How the operation under way opens a connection, straight on as far as nothing else happens. */
export class StraightOpenings {
  readonly #cohort: CohortView;
  readonly #agenda: Agenda;
  readonly #operation: StraightOperation;
  readonly #silence: Silence;
  readonly #statements: StraightStatements;
  readonly #ways: WaysFrom;
  readonly #withinUs: number;
  #quietUntilUs = 0;

  constructor(cohort: CohortView, { operation, silence, statements, ways, withinUs }: OpeningSetting) {
    this.#cohort = cohort;
    this.#agenda = cohort.world.agenda;
    this.#operation = operation;
    this.#silence = silence;
    this.#statements = statements;
    this.#ways = ways;
    this.#withinUs = withinUs;
  }

  /** To the node that its client finds. Up to `quietUntilUs` nothing else happens. */
  open(quietUntilUs: number): void {
    this.openTo(this.#operation.underway.client.resolve(), quietUntilUs);
  }

  /** The same while another operation is still at work in this event: time must not pass. */
  openAside(quietUntilUs: number): void {
    this.openAsideTo(this.#operation.underway.client.resolve(), quietUntilUs);
  }

  /** The same to a node that was looked up for it. */
  openAsideTo(node: Node | null, quietUntilUs: number): void {
    const startedAtUs = this.#agenda.nowUs;
    if (node === null || node.hostUp) {
      this.#operation.takenUp().openTo(node);
      return;
    }
    const { out, back } = this.#ways.to(node.site);
    if (!isClear(out, back, startedAtUs)) {
      this.#operation.takenUp().openTo(node);
      return;
    }
    this.#quietUntilUs = quietUntilUs;
    const arrivesAtUs = startedAtUs + out.latencyUs();
    if (this.#isQuietUntil(arrivesAtUs, startedAtUs + this.#withinUs))
      this.#silence.begin('handshake', node, null, startedAtUs);
    else this.#operation.handshake(node, startedAtUs).travels(arrivesAtUs);
  }

  /** To a node that was looked up for it. */
  openTo(node: Node | null, quietUntilUs: number): void {
    this.#quietUntilUs = quietUntilUs;
    if (node === null) {
      this.#operation.takenUp().openTo(null);
      return;
    }
    const { out, back } = this.#ways.to(node.site);
    const startedAtUs = this.#agenda.nowUs;
    if (!isClear(out, back, startedAtUs)) {
      this.#operation.takenUp().openTo(node);
      return;
    }
    const arrivesAtUs = startedAtUs + out.latencyUs();
    if (!this.#isQuietUntil(arrivesAtUs, startedAtUs + this.#withinUs)) {
      this.#operation.handshake(node, startedAtUs).travels(arrivesAtUs);
      return;
    }
    this.#agenda.advance(arrivesAtUs);
    if (!node.hostUp) this.#silence.begin('handshake', node, null, startedAtUs);
    else if (node.process === 'crashed' || node.process === 'stopped') this.#knockInVain(node, back, startedAtUs);
    else this.#knock(node, out, back, startedAtUs);
  }

  /** The request for a connection has reached a host on which nothing listens. */
  #knockInVain(node: Node, back: Path, startedAtUs: number): void {
    const heardAtUs = this.#agenda.nowUs + back.latencyUs();
    if (this.#isQuietUntil(heardAtUs, startedAtUs + this.#withinUs)) {
      this.#agenda.advance(heardAtUs);
      this.#operation.notConnected(node, 'refused', startedAtUs);
    } else this.#operation.handshake(node, startedAtUs).resetTravels(heardAtUs);
  }

  /** The request for a connection has reached a process. */
  #knock(node: Node, out: Path, back: Path, startedAtUs: number): void {
    const { nowUs } = this.#agenda;
    const isStarting = node.process === 'starting' || node.process === 'recovering';
    if (!isStarting && node.storage === 'stalled') {
      this.#operation.handshake(node, startedAtUs).arrives();
      return;
    }
    const { incarnation } = node;
    const answersAtUs = isStarting ? nowUs : nowUs + setupUs(this.#cohort.world, node, out, back);
    const heardAtUs = answersAtUs + back.latencyUs();
    if (!this.#isQuietUntil(heardAtUs, startedAtUs + this.#withinUs)) {
      const exchange = this.#operation.handshake(node, startedAtUs);
      exchange.replyTravels(answersAtUs, heardAtUs, isStarting ? { error: 'starting' } : {});
      return;
    }
    this.#agenda.advance(heardAtUs);
    if (isStarting) {
      this.#operation.notConnected(node, 'starting', startedAtUs);
      return;
    }
    const { client } = this.#operation.underway;
    const connection = openedConnection(client, node, incarnation, out, back);
    this.#cohort.records.connect(client.index, node, 'ok', startedAtUs);
    this.#statements.ask(connection, this.#quietUntilUs);
  }

  /** Whether nothing else happens up to and with an instant, the client's giving up included. */
  #isQuietUntil(atUs: number, givesUpAtUs: number): boolean {
    return atUs <= givesUpAtUs && atUs < this.#quietUntilUs;
  }
}
