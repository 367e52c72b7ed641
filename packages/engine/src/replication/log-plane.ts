import type { FollowerReplication, LogReplication } from '@faultline/models';
import type { Node } from '../nodes/node.ts';
import type { TransactionRequest } from '../transactions/running-transaction.ts';
import { ApplyWatch } from './apply-watch.ts';
import { CopySet } from './copy-set.ts';
import { FeedOffer, type OfferedFeed } from './feed-offer.ts';
import { executeOnLog } from './log-commands.ts';
import { LogStatements } from './log-statements.ts';
import { LogSuccession } from './log-succession.ts';
import { LogTruth } from './log-truth.ts';
import type { DataPlane, PlaneCommand, PlaneContext, ReadRequest, Sample, WriteRequest } from './plane.ts';
import { copyWork } from './plane-options.ts';
import { sampleOf } from './reading.ts';
import { RecoveryWork } from './recovery-work.ts';
import { Timeline } from './timeline.ts';
import type { PlaneTruth } from './truth.ts';
import { VolumeRecovery } from './volume-recovery.ts';

/**
 * One log, one writer at a time, copies that follow: RDS instances and clusters, Aurora (whose durable copies
 * are storage segments), and read replicas (whose writer is another database until they are promoted).
 */
export class LogPlane implements DataPlane {
  readonly #context: PlaneContext;
  readonly #copies: CopySet;
  readonly #recovery: RecoveryWork;
  readonly #volume: VolumeRecovery | null;
  readonly #offer: FeedOffer;
  readonly #succession: LogSuccession;
  readonly foresight: LogStatements;
  readonly #applyWatch: ApplyWatch;

  constructor(context: PlaneContext, layout: LogReplication | FollowerReplication, source: DataPlane | null) {
    const { database, agenda, streams } = context;
    this.#context = context;
    this.#applyWatch = new ApplyWatch(agenda, () => context.tell('CAUGHT_UP'));
    this.#copies = new CopySet(context, copyWork(layout));
    this.#recovery = new RecoveryWork(layout.recovery, agenda, () => streams.stream(`${database}/checkpoint`)());
    this.#offer = new FeedOffer(layout.rule === 'log' && layout.followersReadFrom === 'copies');
    const root = source?.timeline ?? new Timeline(1, null, 0, database);
    this.#volume =
      layout.rule === 'log' && layout.volume === 'shared' ? new VolumeRecovery(context, layout, root) : null;
    const followers = { copies: this.#copies, offer: this.#offer, volume: this.#volume };
    this.#succession = new LogSuccession(context, layout, root, source, followers);
    this.foresight = new LogStatements(context, layout, this.#succession, this.#copies, this.#recovery);
  }

  get timeline(): Timeline | null {
    return this.#succession.timeline;
  }

  onFeedChanged(listener: () => void): void {
    this.#offer.onChange(listener);
  }

  feed(): OfferedFeed | null {
    return this.#offer.current;
  }

  originWriter(): Node | null {
    const { writer, source } = this.#succession;
    return writer?.node ?? source?.originWriter() ?? null;
  }

  write(request: WriteRequest): void {
    this.foresight.write(request);
  }

  read(request: ReadRequest): void {
    this.foresight.read(request);
  }

  transact(request: TransactionRequest): void {
    this.foresight.transact(request);
  }

  nodeStopped(node: Node): void {
    const { writer } = this.#succession;
    if (writer?.node === node) {
      this.#copies.senderStopped();
      this.#volume?.senderStopped(node);
      this.#succession.ended(writer);
    }
    const fed = this.#copies.get(node.id)?.stream;
    fed?.disconnect(this.#now, true);
    fed?.loseInFlight(this.#now);
  }

  settle(): void {
    this.#copies.extend();
  }

  refresh(): void {
    this.#copies.refresh();
    this.#volume?.reconsider();
    this.#succession.reconsider();
    const { writer, source } = this.#succession;
    if (this.#volume || source) this.#copies.retractUnsent();
    this.#offer.update(writer, this.#copies.all());
    this.#applyWatch.check();
  }

  connected(node: string): boolean | null {
    return this.#copies.connected(node);
  }

  refuses(node: Node): boolean {
    return this.#volume?.refuses(node) ?? false;
  }

  recoveryUs(node: Node): number {
    this.#succession.loseUnflushed(node);
    return this.#volume ? 0 : this.#recovery.redoUs();
  }

  sample(node: Node): Sample | null {
    const { timeline, writer } = this.#succession;
    const copy = this.#copies.get(node.id);
    if (!node.exists) return null;
    if (!timeline || !copy || writer?.node === node) return { lagUs: 0, lagEntries: 0, atRiskEntries: 0, atRiskUs: 0 };
    return sampleOf(timeline, copy, this.#volume !== null, this.#now);
  }

  truth(): PlaneTruth {
    return new LogTruth(this.#copies, this.#volume, this.#applyWatch, this.#succession);
  }

  execute(command: PlaneCommand): void {
    executeOnLog(
      {
        context: this.#context,
        copies: this.#copies,
        succession: this.#succession,
        volume: this.#volume,
        applyWatch: this.#applyWatch,
      },
      command,
    );
  }

  stallApply(node: string): () => void {
    return this.#copies.afflict('applyStalls', node);
  }

  pauseReplication(node: string | null): () => void {
    return this.#copies.afflict('paused', node);
  }

  addRecoveryWork(bytes: number): () => void {
    return this.#recovery.add(bytes);
  }

  corrupt(key: number, op: number): void {
    const { writer } = this.#succession;
    if (writer?.node.acceptsWrites) writer.append(key, op, this.#now);
  }

  failSegment(id: string): () => void {
    return this.#volume?.failures.fail(id) ?? (() => {});
  }

  get #now(): number {
    return this.#context.agenda.nowUs;
  }
}
