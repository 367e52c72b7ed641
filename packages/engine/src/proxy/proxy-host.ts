import { type Handle, type RandomStream, type Sampler, sampler } from '@faultline/clock';
import type { ProxySpec } from '@faultline/scenario';
import { Pool } from '../clients/pool.ts';
import type { Session } from '../clients/session.ts';
import type { Node } from '../nodes/node.ts';
import type { Surroundings } from '../surroundings.ts';
import { ProxySession } from './proxy-session.ts';
import type { Dependant, RequestHost } from './request-host.ts';

/**
 * One host of a proxy: it pools connections to the writer, and watches the database itself instead of its DNS name.
 * While it knows of no writer, statements wait for one; clients' connections stay open all the while.
 */
export class ProxyHost implements RequestHost {
  readonly world: Surroundings;
  readonly node: Node;
  readonly dependants = new Set<Dependant>();
  readonly #spec: ProxySpec;
  readonly #database: readonly Node[];
  readonly #watch: Sampler;
  readonly #watchRandom: RandomStream;
  readonly #pinRandom: RandomStream;
  readonly #pinned = new Set<ProxySession>();
  #pool: Pool;
  #writer: Node | null = null;
  /** What its next look will show. */
  #seen: Node | null = null;
  #looking: Handle = 0;

  constructor(world: Surroundings, node: Node, spec: ProxySpec, database: Iterable<Node>) {
    this.world = world;
    this.node = node;
    this.#spec = spec;
    this.#database = [...database];
    this.#watch = sampler(spec.watch);
    this.#watchRandom = world.streams.stream(`${node.id}/watch`);
    this.#pinRandom = world.streams.stream(`${node.id}/pins`);
    this.#pool = this.#emptyPool();
    this.#seen = this.#writer = this.#findWriter();
  }

  get pool(): Pool {
    return this.#pool;
  }

  get writer(): Node | null {
    return this.#writer;
  }

  get borrowTimeoutUs(): number {
    return this.#spec.borrowTimeoutUs;
  }

  /** A client has connected. */
  accept(): Session {
    const isPinned = this.#pinRandom() < this.#spec.pinnedShare;
    const session = new ProxySession(this, isPinned, this.#spec.idleClientTimeoutUs);
    if (isPinned) this.#pinned.add(session);
    return session;
  }

  /** The world has changed: if the writer is another one now, the watch will find that out. */
  look(): void {
    const actual = this.#findWriter();
    if (actual === this.#seen) return;
    this.#seen = actual;
    this.#lookLater();
  }

  doubt(writer: Node): void {
    if (this.#writer !== writer) return;
    this.#leave(writer);
    this.#lookLater();
  }

  /** Its process runs again, with nothing of what it had. */
  begin(): void {
    this.dependants.clear();
    this.#pinned.clear();
    this.#pool = this.#emptyPool();
    this.#writer = null;
    this.#seen = this.#findWriter();
    this.#lookLater();
  }

  #lookLater(): void {
    this.world.agenda.cancel(this.#looking);
    this.#looking = this.world.agenda.schedule(this.#watch(this.#watchRandom), () => this.#follow(this.#seen));
  }

  #follow(writer: Node | null): void {
    const former = this.#writer;
    if (former === writer || !this.node.alive) return;
    if (former) this.#leave(former);
    this.#writer = writer;
    if (writer) for (const dependant of [...this.dependants]) dependant.writerKnown();
  }

  /** All connections to a writer are closed: those in use take their clients' with them, and so do pinned ones. */
  #leave(writer: Node): void {
    this.#writer = null;
    this.#pool.retireAll();
    for (const dependant of [...this.dependants]) dependant.writerLeft(writer);
    for (const session of this.#pinned) {
      if (session.backend?.node !== writer) continue;
      session.close();
      this.#pinned.delete(session);
      this.#pool.drop();
    }
  }

  #findWriter(): Node | null {
    const { network } = this.world;
    const writers = this.#database.filter((node) => node.acceptsWrites && network.connects(this.node.site, node.site));
    return writers.find((node) => node === this.#seen) ?? writers[0] ?? null;
  }

  #emptyPool(): Pool {
    const { connections, borrowTimeoutUs } = this.#spec;
    const settings = { size: connections, borrowTimeoutUs, validateOnBorrow: false, maxLifetimeUs: null };
    return new Pool(settings, null, this.world.agenda, () => {});
  }
}
