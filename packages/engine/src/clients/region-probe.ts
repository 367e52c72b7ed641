import type { RandomStream } from '@faultline/clock';
import { quantity } from '@faultline/models';
import type { ClientSpec } from '@faultline/scenario';
import type { DnsEndpoint } from '../dns/zone.ts';
import type { Site } from '../network/site.ts';
import { type Answer, Exchange, HANDSHAKE, type Patience } from '../nodes/exchange.ts';
import type { Node } from '../nodes/node.ts';
import { acceptConnection, type PlainStatement, serve } from '../nodes/server.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ClientDatabase } from './cohort-view.ts';

export const probeDefaults = {
  probePatience: quantity(
    10_000_000,
    'µs',
    'that a probe of a Region waits for an answer, where the driver would wait without end',
    'assumed',
    'Amazon Route 53 Developer Guide, health checks: 4 s to connect and 2 s to answer, rounded up',
    '2026-04',
  ),
};
const PATIENCE_US = probeDefaults.probePatience.value;

/** A strong read needs all that a write needs, and changes nothing. The item need not exist. */
const QUESTION: PlainStatement = { action: 'read', key: 1, op: 0, consistency: 'strong' };

/** What a probe needs of the application that sends it. */
export interface ProbingApplication {
  readonly world: Surroundings;
  readonly spec: ClientSpec;
  readonly site: Site;
  readonly database: ClientDatabase;
}

/**
 * Asks whether an endpoint works, from where the application runs and as it would: look the name up, connect, and
 * read strongly. It leaves no records of its own: it is no operation of a client.
 */
export class RegionProbe {
  readonly #application: ProbingApplication;
  readonly #random: RandomStream;

  constructor(application: ProbingApplication) {
    this.#application = application;
    this.#random = application.world.streams.stream(`${application.spec.name}/probe`);
  }

  /** Calls back once, with whether an answer without an error came in time. */
  send(endpoint: DnsEndpoint, done: (works: boolean) => void): void {
    const { world, site, database } = this.#application;
    const { node: found } = world.resolverOf(site).ask(endpoint);
    if (found === null || world.hasNoPower(site)) {
      done(false);
      return;
    }
    const node = database.node(found);
    this.#connect(node, (accepted) => {
      if (isGood(accepted)) this.#ask(node, (answer) => done(isGood(answer)));
      else done(false);
    });
  }

  #connect(node: Node, done: (answer: Answer) => void): void {
    const { world, spec } = this.#application;
    const [out, back] = this.#ways(node);
    const accept = (exchange: Exchange) => acceptConnection(world, node, exchange, out, back);
    new Exchange(world.agenda, node, out, back, HANDSHAKE, patience(spec.driver.connectTimeoutUs), {
      atNode: accept,
      atClient: done,
    }).start();
  }

  #ask(node: Node, done: (answer: Answer) => void): void {
    const { world, spec } = this.#application;
    const [out, back] = this.#ways(node);
    const answer = (exchange: Exchange) => serve(world, node, QUESTION, exchange, this.#random);
    new Exchange(world.agenda, node, out, back, node.incarnation, patience(spec.driver.socketTimeoutUs), {
      atNode: answer,
      atClient: done,
    }).start();
  }

  #ways(node: Node) {
    const { world, site } = this.#application;
    return [world.network.path(site, node.site), world.network.path(node.site, site)] as const;
  }
}

function isGood(answer: Answer): boolean {
  return answer.kind === 'reply' && answer.reply.error === undefined;
}

function patience(timeoutUs: number | null): Patience {
  const us = Math.min(timeoutUs ?? PATIENCE_US, PATIENCE_US);
  return { answerUs: us, retransmitUs: us, silenceUs: us };
}
