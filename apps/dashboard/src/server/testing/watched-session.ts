import { ViewFold, type ViewState } from '@faultline/metrics';
import { kinds } from '@faultline/models';
import { inProcessExecutor } from '@faultline/study';
import type { TraceRecord } from '@faultline/trace';
import { type ServerMessage, type ServerMessageOf, serverMessage } from '../../protocol/server-messages.ts';
import { Scenarios } from '../catalogue.ts';
import { defaultLimits, type ServerLimits } from '../limits.ts';
import { Recordings } from '../recording/recordings.ts';
import type { Outlet } from '../session/outlet.ts';
import { Session, type SessionMessage } from '../session/session.ts';
import { SHORT_SCENARIO } from './short-scenario.ts';

const TICK_MS = 33;

/** A page as far as a session knows: it keeps what it is sent, and folds it as a page does. */
export class WatchingPage implements Outlet {
  bufferedBytes = 0;
  readonly messages: ServerMessage[] = [];
  readonly records: TraceRecord[] = [];
  fold = new ViewFold();
  seq = 0;
  run = 0;
  ended: string | null = null;

  send(message: ServerMessage): void {
    this.sendText(JSON.stringify(message));
  }

  /** Throws when a message does not keep to the protocol, or when records are missing or doubled. */
  sendText(text: string): void {
    const message = serverMessage.parse(JSON.parse(text));
    this.messages.push(message);
    if (message.type === 'loaded') this.#begin(message);
    else if (message.type === 'records') this.#add(message);
    else if (message.type === 'snapshot') {
      this.fold = ViewFold.from(message.view);
      this.seq = message.seq;
    }
  }

  end(reason: string): void {
    this.ended = reason;
  }

  get view(): ViewState {
    return this.fold.snapshot();
  }

  all<Type extends ServerMessage['type']>(type: Type): ServerMessageOf<Type>[] {
    return this.messages.filter((message) => message.type === type) as ServerMessageOf<Type>[];
  }

  last<Type extends ServerMessage['type']>(type: Type): ServerMessageOf<Type> {
    const found = this.all(type).at(-1);
    if (found === undefined)
      throw new Error(`no ${type} was sent; the last problem: ${this.all('problem').at(-1)?.text}`);
    return found;
  }

  #begin({ run, reason }: ServerMessageOf<'loaded'>): void {
    this.run = run;
    if (reason === 'intervention' || reason === 'resume') return;
    this.fold = new ViewFold();
    this.seq = 0;
    this.records.length = 0;
  }

  #add({ run, lane, seq, records }: ServerMessageOf<'records'>): void {
    if (lane !== 0) return;
    if (run !== this.run || seq !== this.seq) throw new Error(`got ${run}/${seq}, expected ${this.run}/${this.seq}`);
    for (const record of records) this.fold.add(record);
    this.records.push(...records);
    this.seq += records.length;
  }
}

/** A session and its page, with time in our hands. */
export class WatchedSession {
  readonly session: Session;
  readonly recordings: Recordings;
  page = new WatchingPage();
  readonly faultsOfOurs: string[] = [];
  nowMs = 0;

  constructor(limits: Partial<ServerLimits> = {}) {
    this.recordings = new Recordings({ ...defaultLimits, ...limits });
    this.session = new Session('test', {
      scenarios: new Scenarios(new Map([['short', SHORT_SCENARIO]])),
      limits: { ...defaultLimits, ...limits },
      recordings: this.recordings,
      executor: () => inProcessExecutor(kinds),
      recordsLeft: () => limits.recordsInAll ?? defaultLimits.recordsInAll,
      report: (message) => this.faultsOfOurs.push(message),
    });
    this.session.attach(this.page, null);
  }

  say(...messages: readonly SessionMessage[]): this {
    for (const message of messages) this.session.handle(message);
    return this;
  }

  /** Real time passes, in the steps of a server. */
  pass(ms: number): this {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs; ) {
      this.nowMs += TICK_MS;
      this.session.stage.tick(this.nowMs);
    }
    return this;
  }

  /** Everything is simulated to its end. */
  simulate(): this {
    while (this.session.stage.lanes.some(({ recording }) => !recording.done)) this.session.stage.work(() => false);
    return this;
  }

  /** The page loses its connection, and another one goes on for it. */
  reconnect(from: { readonly run: number; readonly seqs: readonly number[] }): this {
    this.session.detach(this.page);
    const page = new WatchingPage();
    page.fold = this.page.fold;
    page.seq = from.seqs[0] ?? 0;
    page.run = from.run;
    this.page = page;
    this.session.attach(page, from);
    return this;
  }
}
