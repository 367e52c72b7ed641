import type { Handle, RandomStream } from '@faultline/clock';
import type { Connection } from '../clients/connection.ts';
import type { Borrower, Pool } from '../clients/pool.ts';
import { type Answer, Exchange, HANDSHAKE, type Patience } from '../nodes/exchange.ts';
import type { Node } from '../nodes/node.ts';
import { acceptConnection, type Statement, serve } from '../nodes/server.ts';
import { providedProxyDefaults } from './provided-proxy-defaults.ts';
import { type Dependant, isIntact, type RequestHost, type RequestSession } from './request-host.ts';

const CONNECT_TIMEOUT_US = providedProxyDefaults.proxyConnectTimeout.value;
const CONNECTING: Patience = {
  answerUs: CONNECT_TIMEOUT_US,
  retransmitUs: CONNECT_TIMEOUT_US,
  silenceUs: Number.POSITIVE_INFINITY,
};

/** A statement runs as long as it runs: the proxy learns from its watch, not from a time-out, that the writer is gone. */
const RUNNING: Patience = {
  answerUs: Number.POSITIVE_INFINITY,
  retransmitUs: Number.POSITIVE_INFINITY,
  silenceUs: Number.POSITIVE_INFINITY,
};

/** What became of it: it waits for a connection, is at the database, or is no concern of the proxy any more. */
type Stage = 'waiting' | 'running' | 'over';

/** One statement on its way through a proxy: it waits for a connection to the writer, and is dropped if that is lost under it. */
export class ProxiedRequest implements Borrower, Dependant {
  readonly #host: RequestHost;
  readonly #session: RequestSession;
  readonly #statement: Statement;
  /** The client's side. */
  readonly #exchange: Exchange;
  readonly #random: RandomStream;
  /** Life of the proxy's own process. */
  readonly #life: number;
  /** The pool of that life. */
  readonly #pool: Pool;
  readonly #deadlineUs: number;
  #deadline: Handle = 0;
  #stage: Stage = 'waiting';
  #connection: Connection | null = null;
  #attempts = 0;

  constructor(
    host: RequestHost,
    session: RequestSession,
    statement: Statement,
    exchange: Exchange,
    random: RandomStream,
  ) {
    this.#host = host;
    this.#session = session;
    this.#statement = statement;
    this.#exchange = exchange;
    this.#random = random;
    this.#life = host.node.incarnation;
    this.#pool = host.pool;
    this.#deadlineUs = host.world.nowUs + host.borrowTimeoutUs;
  }

  start(): void {
    // Only the client's patience runs while the proxy works for it.
    this.#exchange.hold();
    const { backend } = this.#session;
    if (backend === null) this.#pool.borrow(this);
    else if (isIntact(backend)) this.#send(backend);
    else {
      // What a pinned session held at the database is gone with the process there.
      this.#pool.drop();
      this.#drop();
    }
  }

  lend(connection: Connection): void {
    if (this.#isMoot()) this.#pool.release(connection);
    else this.#send(connection);
  }

  /** There is room for one more connection; it needs a writer to lead to. */
  open(): void {
    if (this.#stage === 'over') return;
    // A client that has given up has closed its connection: what waited for it is not carried out.
    if (this.#isMoot()) this.#giveUp();
    else this.#waitForWriter();
  }

  #waitForWriter(): void {
    const { world, writer, dependants } = this.#host;
    if (this.#deadline === 0) {
      this.#deadline = world.agenda.scheduleAt(Math.max(this.#deadlineUs, world.nowUs), () => this.#giveUp());
    }
    dependants.add(this);
    if (writer) this.#connect(writer);
  }

  borrowTimedOut(): void {
    this.#answerNoConnection();
  }

  writerKnown(): void {
    if (this.#stage === 'waiting') this.open();
  }

  /** In the middle of a statement there is nothing to be saved: the client's connection goes too. */
  writerLeft(writer: Node): void {
    if (this.#stage !== 'running' || this.#connection?.node !== writer) return;
    this.#over();
    this.#pool.drop();
    this.#drop();
  }

  #connect(writer: Node): void {
    const { world, node } = this.#host;
    const out = world.network.path(node.site, writer.site);
    const back = world.network.path(writer.site, node.site);
    const { incarnation } = writer;
    const attempt = ++this.#attempts;
    const accept = (exchange: Exchange) => acceptConnection(world, writer, exchange, out, back);
    const done = (answer: Answer) => {
      const isOpen = answer.kind === 'reply' && answer.reply.error === undefined;
      if (!isOpen) this.#host.doubt(writer);
      if (this.#stage !== 'waiting' || attempt !== this.#attempts || !isOpen) return;
      const { nowUs } = world;
      const { generation } = this.#pool;
      const connection: Connection = {
        node: writer,
        incarnation,
        out,
        back,
        session: null,
        openedAtUs: nowUs,
        usedAtUs: nowUs,
        generation,
      };
      if (this.#isMoot()) this.#over();
      this.lend(connection);
    };
    new Exchange(world.agenda, writer, out, back, HANDSHAKE, CONNECTING, { atNode: accept, atClient: done }).start();
  }

  #send(connection: Connection): void {
    const { world, dependants } = this.#host;
    const { node, out, back, incarnation } = connection;
    this.#stage = 'running';
    this.#connection = connection;
    dependants.add(this);
    world.agenda.cancel(this.#deadline);
    const atDatabase = (inner: Exchange) => {
      this.#exchange.behind = inner;
      serve(world, node, this.#statement, inner, this.#random);
    };
    const done = (answer: Answer) => this.#answered(connection, answer);
    new Exchange(world.agenda, node, out, back, incarnation, RUNNING, { atNode: atDatabase, atClient: done }).start();
  }

  #answered(connection: Connection, answer: Answer): void {
    if (this.#stage !== 'running') return;
    this.#over();
    if (answer.kind !== 'reply') {
      this.#pool.drop();
      this.#host.doubt(connection.node);
      this.#drop();
      return;
    }
    // A client that has given up has closed its connection: nothing is kept for it.
    if (this.#isMoot()) this.#session.close();
    if (this.#session.isPinned && !this.#isMoot()) this.#session.backend = connection;
    else this.#pool.release(connection);
    if (answer.reply.error === 'read-only') this.#host.doubt(connection.node);
    if (!this.#isMoot()) this.#exchange.replyAt(this.#host.world.nowUs, answer.reply);
  }

  /** No connection to the database came free, or none could be opened, within the borrow timeout. */
  #giveUp(): void {
    this.#pool.drop();
    this.#answerNoConnection();
  }

  #answerNoConnection(): void {
    this.#over();
    if (!this.#isMoot()) this.#exchange.replyAt(this.#host.world.nowUs, { error: 'proxy-borrow-timeout' });
  }

  #drop(): void {
    this.#session.close();
    if (!this.#isMoot()) this.#exchange.resetByPeer();
  }

  #over(): void {
    this.#stage = 'over';
    this.#host.dependants.delete(this);
    this.#host.world.agenda.cancel(this.#deadline);
  }

  /** The client has given up, or the proxy's process is another one: nobody waits for the answer. */
  #isMoot(): boolean {
    return this.#exchange.isOver || this.#host.node.incarnation !== this.#life;
  }
}
