import { type NodeLayout, quantity } from '@faultline/models';
import type { NodeRecord, NodeStatus } from '@faultline/trace';
import { ArrivalList } from '../arrival-list.ts';
import type { Site } from '../network/site.ts';
import type { Recorder } from '../recorder.ts';
import type { HeldRequest, OrphanedRequest } from './held-request.ts';
import type { HostPaces } from './pace.ts';

export const nodeDefaults = {
  unresponsive: quantity(
    50,
    'times',
    'slower than normal, and a health check counts as failed',
    'assumed',
    'the thresholds are not published',
    '2026-11',
  ),
};
const UNRESPONSIVE_SLOWDOWN = nodeDefaults.unresponsive.value;

/** What the members behind a node let it do. */
interface Backing {
  readonly writes: boolean;
  readonly reads: boolean;
}

const FULL_BACKING: Backing = { writes: true, reads: true };

export type ProcessState = 'running' | 'starting' | 'recovering' | 'crashed' | 'stopped';

/**
 * A database instance: a process on a host with a volume. It knows the physical truth about itself;
 * what the control plane believes is the observer's business.
 */
export class Node {
  readonly id: string;
  readonly database: string;
  readonly region: string;
  az: string;
  site: Site;
  role: string;
  readable: boolean;
  writable: boolean;
  /** Its log is no longer accepted anywhere: it must not acknowledge a write, reachable or not. */
  fenced = false;
  /** Fenced, but for writes only so far. */
  readsWhileFenced = false;
  /** Whether it has been made, and not been discarded. */
  exists: boolean;
  hostUp: boolean;
  /** Counts the hosts it has had: a fault heals only the host that it hit. */
  hostGeneration = 1;
  /** Counts how often a host came up with nothing running: a reboot that nobody watched still shows. */
  boots = 0;
  /** Counts the volumes it has had, likewise. */
  volumeGeneration = 1;
  process: ProcessState;
  /** Counts lives of the process; a connection belongs to one of them. */
  incarnation = 1;
  stoppedAtUs = -1;
  /** Whether the last stop told its peers (a reset) or not (a host that just went away). */
  stoppedSilently = false;
  storage: 'ok' | 'stalled' | 'failed' = 'ok';
  /** Factor on service times: 1 when well. */
  slowdown = 1;
  /** What the members behind a node that serves for others let it do; always true for one that keeps its own data. */
  backing = FULL_BACKING;
  /** Requests that are at this node and not yet answered. */
  readonly held = new ArrivalList<HeldRequest>();
  /** Requests that a silent end left without any answer. */
  readonly orphaned = new ArrivalList<OrphanedRequest>();
  readonly #recorder: Recorder;
  readonly #paces: HostPaces | null;

  /** `paces`: those of its hosts; without them all are median ones. */
  constructor(database: string, layout: NodeLayout, site: Site, recorder: Recorder, paces: HostPaces | null = null) {
    this.id = layout.id;
    this.database = database;
    this.region = layout.region;
    this.az = layout.az;
    this.site = site;
    this.role = layout.role;
    this.readable = layout.readable;
    this.writable = layout.writable;
    this.exists = layout.absent !== true;
    this.hostUp = this.exists;
    this.process = this.exists && layout.idle !== true ? 'running' : 'stopped';
    this.#recorder = recorder;
    this.#paces = paces;
  }

  /** Factor on all work of the present host: 1 for a median one. */
  get pace(): number {
    return this.#paces === null ? 1 : this.#paces.present;
  }

  get alive(): boolean {
    return this.hostUp && this.process === 'running';
  }

  get acceptsWrites(): boolean {
    return this.alive && this.writable && !this.fenced && this.backing.writes;
  }

  get acceptsReads(): boolean {
    const mayRead = !this.fenced || this.readsWhileFenced;
    return this.alive && (this.readable || this.writable) && mayRead && this.backing.reads;
  }

  /** Whether it answers health checks in time. */
  get responsive(): boolean {
    return this.slowdown < UNRESPONSIVE_SLOWDOWN;
  }

  get status(): NodeStatus {
    if (!this.exists) return 'absent';
    return this.hostUp ? this.process : 'host-down';
  }

  /** The process ends. A silent end (a dead host) tells nobody; otherwise peers get a reset. */
  stop(state: 'crashed' | 'stopped', silently: boolean, atUs: number): void {
    const wasOver = this.process === 'stopped' || this.process === 'crashed';
    this.process = state;
    if (wasOver) return;
    this.incarnation++;
    this.stoppedAtUs = atUs;
    this.stoppedSilently = silently;
    for (const exchange of this.held.takeAll()) {
      if (!silently) exchange.resetByPeer();
      else {
        exchange.abandon();
        this.orphaned.add(exchange);
      }
    }
  }

  /** A new host, well and with nothing running, takes the place of the present one, whether that still exists or not. */
  replaceHost(az: string, site: Site): void {
    this.az = az;
    this.site = site;
    this.hostGeneration++;
    this.exists = true;
    this.slowdown = 1;
    this.#paces?.replaceHost();
  }

  /** The host answers again, with nothing of its former connections: their next segment is reset. */
  hostReturned(): void {
    this.hostUp = true;
    this.boots++;
    for (const exchange of this.orphaned.takeAll()) exchange.resetOnRetransmission();
  }

  record(atUs: number): void {
    this.#recorder.add({
      type: 'node',
      atUs,
      database: this.database,
      node: this.id,
      az: this.az,
      role: this.role,
      status: this.status,
      writable: this.acceptsWrites,
      readable: this.acceptsReads,
      fenced: this.fenced,
    } satisfies NodeRecord);
  }
}
