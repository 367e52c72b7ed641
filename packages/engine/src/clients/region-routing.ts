import { type Handle, sampler } from '@faultline/clock';
import { quantity } from '@faultline/models';
import type { RoutingSpec } from '@faultline/scenario';
import type { OperatorRecord } from '@faultline/trace';
import type { DnsEndpoint } from '../dns/zone.ts';
import type { Observation } from './cohort-view.ts';
import { type ProbingApplication, RegionProbe } from './region-probe.ts';

export const routingDefaults = {
  probeEvery: quantity(
    30_000_000,
    'µs',
    'between two probes of the Region that was left',
    'documented',
    'Amazon Route 53 Developer Guide, health checks: the standard interval',
    '2026-04',
  ),
};
const PROBE_EVERY_US = routingDefaults.probeEvery.value;

/** The application that routes. */
export interface RoutedApplication extends ProbingApplication {
  readonly endpoint: DnsEndpoint;
  /** The endpoint of a Region. */
  endpointIn(region: string): DnsEndpoint;
  /** All clients use another endpoint from now on. */
  use(endpoint: DnsEndpoint): void;
}

interface Move {
  readonly region: number;
  readonly step: string;
  readonly handle: Handle;
  /** The kind of operation whose failures caused it; null for a return. */
  readonly because: Observation['action'] | null;
}

/**
 * How an application chooses among the Regions of a database that does not fail over between them.
 *
 * It leaves a Region after so many failures in a row of reads or of writes (counted apart: a Region may serve the
 * one and not the other), some time later: somebody or something decides, and every client has to learn of it. When
 * as many operations succeed in a row before that, it stays. Once away, it probes the Region that it prefers, and
 * goes back some time after as many probes in a row have succeeded. Each step is recorded as a person's would be:
 * it is the customer who acts.
 */
export class RegionRouting {
  readonly #application: RoutedApplication;
  readonly #routing: RoutingSpec;
  readonly #probe: RegionProbe;
  readonly #failures = { write: 0, read: 0 };
  readonly #successes = { write: 0, read: 0 };
  #region = 0;
  #move: Move | null = null;
  #probing: Handle = 0;
  #goodProbes = 0;
  /** A person has taken over: the application does not go back by itself. */
  #held = false;

  constructor(application: RoutedApplication, routing: RoutingSpec) {
    this.#application = application;
    this.#routing = routing;
    this.#probe = new RegionProbe(application);
  }

  observe({ action, works, node }: Observation): void {
    // What was under way when the clients moved says nothing about where they are now.
    if (this.#region < 0 || (node !== null && !this.#application.endpoint.nodes.includes(node.id))) return;
    this.#failures[action] = works ? 0 : this.#failures[action] + 1;
    this.#successes[action] = works ? this.#successes[action] + 1 : 0;
    const { failuresToSwitch, regions, switchDelay } = this.#routing;
    if (this.#move?.because === action && this.#successes[action] >= failuresToSwitch) this.#callOff();
    if (this.#move !== null || regions.length === 1 || this.#failures[action] < failuresToSwitch) return;
    const next = (this.#region + 1) % regions.length;
    this.#plan(next, `route-to-${regions[next]}`, action, this.#draw(switchDelay));
  }

  /** Somebody pointed the clients at an endpoint by hand: there they stay, unless it fails. */
  movedByHand(endpoint: string): void {
    this.#callOff();
    this.#held = true;
    this.#arrive(this.#routing.regions.indexOf(endpoint));
  }

  #plan(region: number, step: string, because: Move['because'], afterUs: number): void {
    const handle = this.#application.world.agenda.schedule(afterUs, () => {
      this.#record('done', step);
      this.#move = null;
      this.#application.use(this.#application.endpointIn(this.#routing.regions[region] as string));
      this.#arrive(region);
    });
    this.#move = { region, step, handle, because };
    this.#record('called', step);
  }

  #callOff(): void {
    if (this.#move === null) return;
    this.#application.world.agenda.cancel(this.#move.handle);
    this.#record('dismissed', this.#move.step);
    this.#move = null;
  }

  #arrive(region: number): void {
    this.#region = region;
    for (const action of ['write', 'read'] as const) {
      this.#failures[action] = 0;
      this.#successes[action] = 0;
    }
    this.#application.world.agenda.cancel(this.#probing);
    this.#goodProbes = 0;
    if (region > 0 && this.#routing.returnDelay !== null && !this.#held) this.#probeLater();
  }

  #probeLater(): void {
    const home = this.#application.endpointIn(this.#routing.regions[0] as string);
    this.#probing = this.#application.world.agenda.schedule(PROBE_EVERY_US, () => {
      this.#probeLater();
      const region = this.#region;
      this.#probe.send(home, (works) => {
        if (region === this.#region && !this.#held) this.#probed(works);
      });
    });
  }

  #probed(works: boolean): void {
    const { failuresToSwitch, regions, returnDelay } = this.#routing;
    this.#goodProbes = works ? this.#goodProbes + 1 : 0;
    const returning = this.#move !== null && this.#move.because === null;
    if (!works && returning) this.#callOff();
    if (this.#move !== null || this.#goodProbes < failuresToSwitch || returnDelay === null) return;
    this.#plan(0, `return-to-${regions[0]}`, null, this.#draw(returnDelay));
  }

  #draw(distribution: RoutingSpec['switchDelay']): number {
    const { world, spec } = this.#application;
    return sampler(distribution)(world.streams.stream(`${spec.name}/routing`));
  }

  #record(edge: OperatorRecord['edge'], step: string): void {
    const { world, database, spec } = this.#application;
    world.recorder.add({ type: 'operator', atUs: world.nowUs, database: database.name, edge, step, who: spec.name });
  }
}
