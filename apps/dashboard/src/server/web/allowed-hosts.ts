import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Names under which pages may reach this server.
 *
 * A page elsewhere can have its own name lead to this machine (DNS rebinding) and can open a WebSocket to any server:
 * browsers send the name as `Host` and the page's own address as `Origin`, so both have to be ours.
 */
export class AllowedHosts {
  readonly #names: ReadonlySet<string>;

  /** @param more Names beside the loopback ones, without ports. */
  constructor(more: readonly string[]) {
    this.#names = new Set([...LOOPBACK, ...more.map((name) => name.toLowerCase())]);
  }

  /** Why a request is refused, in words; null when it is welcome. */
  refusal({ host, origin }: Pick<IncomingHttpHeaders, 'host' | 'origin'>): string | null {
    if (host === undefined || !this.#isOurs(host))
      return `found the host ${JSON.stringify(host ?? '')}, expected ${[...this.#names].join(' or ')}: start with --allow-host to be reached by another name`;
    // Programs other than browsers send no origin, and no page can make them.
    if (origin === undefined) return null;
    const from = URL.canParse(origin) ? new URL(origin) : null;
    // Read as an address too, so that a default port makes no difference.
    if (from !== null && /^https?:$/.test(from.protocol) && from.host === new URL(`${from.protocol}//${host}`).host)
      return null;
    return `found the origin ${JSON.stringify(origin)}, expected a page of this server`;
  }

  #isOurs(host: string): boolean {
    const name = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/i.exec(host)?.[1];
    return name !== undefined && this.#names.has(name.toLowerCase());
  }
}
