import type { HeaderRecord, NodeRecord, TraceRecord } from '@faultline/trace';
import { type EventLogEntry, EventLogFold } from '../event-log.ts';
import type { Fold } from '../fold.ts';
import { Cohorts } from './cohorts.ts';
import { Control } from './control.ts';
import type { Mutable } from './mutable.ts';
import { Nodes } from './nodes.ts';
import { Segments } from './segments.ts';
import { Series } from './series.ts';
import { Streams } from './streams.ts';
import type { ViewState } from './view-state.ts';

/**
 * The picture of a run at the instant of the newest record.
 *
 * It can be taken as plain JSON at any record and be continued elsewhere: folding a whole trace gives the same
 * as folding a part, carrying the snapshot over, and folding the rest.
 */
export class ViewFold implements Fold<ViewState> {
  #header: HeaderRecord | null = null;
  #nowUs = 0;
  #records = 0;
  #ended = false;
  #nodes = new Nodes();
  #streams = new Streams();
  #segments = new Segments();
  #control = new Control();
  #cohorts = new Cohorts();
  #series = new Series();
  #log = new EventLogFold();

  /** Continues from a snapshot. The fold takes the state over: nobody else may change it afterwards. */
  static from(state: ViewState): ViewFold {
    const own = state as Mutable<ViewState>;
    const fold = new ViewFold();
    fold.#header = state.header;
    fold.#nowUs = own.nowUs;
    fold.#records = own.records;
    fold.#ended = own.ended;
    fold.#nodes = new Nodes(own.nodes);
    fold.#streams = new Streams(own.streams);
    fold.#segments = new Segments(own.segments);
    fold.#control = new Control(own.endpoints, own.charts, own.faults, own.operatorSteps);
    fold.#cohorts = new Cohorts(own.cohorts);
    fold.#series = new Series(own.series);
    fold.#log = EventLogFold.from(
      { entries: own.log.entries as EventLogEntry[], omitted: own.log.omitted },
      own.charts,
    );
    return fold;
  }

  add(record: TraceRecord): void {
    this.#series.advance(record.atUs, this.#cohorts.open, this.#cohorts.broken);
    this.#nowUs = record.atUs;
    this.#records++;
    this.#log.add(record);
    this.#dispatch(record);
  }

  /** The state as it is now. It shares memory with the fold, so it holds only until the next record. */
  get view(): ViewState {
    const { endpoints, charts, faults, steps: operatorSteps } = this.#control;
    return {
      header: this.#header,
      nowUs: this.#nowUs,
      records: this.#records,
      ended: this.#ended,
      nodes: this.#nodes.list,
      streams: this.#streams.list,
      segments: this.#segments.list,
      endpoints,
      charts,
      cohorts: this.#cohorts.list,
      faults,
      operatorSteps,
      log: this.#log.result(),
      series: this.#series.state(this.#cohorts.open, this.#cohorts.broken),
    };
  }

  /** The state as plain JSON that is nobody else's. */
  snapshot(): ViewState {
    return JSON.parse(JSON.stringify(this.view)) as ViewState;
  }

  result(): ViewState {
    return this.snapshot();
  }

  #dispatch(record: TraceRecord): void {
    switch (record.type) {
      case 'header':
        this.#begin(record);
        break;
      case 'op':
        this.#nodes.served(record);
        this.#cohorts.served(record);
        this.#series.served(record);
        break;
      case 'connect':
        this.#nodes.connected(record);
        this.#cohorts.connected(record);
        break;
      case 'disconnect':
        this.#cohorts.disconnected(record);
        break;
      case 'resolve':
        this.#cohorts.resolved(record);
        break;
      case 'sample':
        this.#nodes.sampled(record);
        this.#series.sampled(record, this.#nodes.isWritable(record.node));
        break;
      default:
        this.#dispatchRare(record);
        break;
    }
  }

  #dispatchRare(record: TraceRecord): void {
    switch (record.type) {
      case 'node':
        this.#nodeChanged(record);
        break;
      case 'fact':
        this.#segments.learned(record);
        this.#nodes.learned(record);
        break;
      case 'command':
        this.#segments.ordered(record);
        break;
      case 'state':
        this.#control.changedState(record);
        break;
      case 'dns':
        this.#control.repointed(record);
        break;
      case 'fault':
        this.#segments.faulted(record);
        this.#control.faulted(record);
        break;
      case 'operator':
        this.#control.operatorActed(record);
        break;
      case 'replication':
        this.#streams.changed(record);
        break;
      case 'timeline':
        this.#streams.promoted(record);
        break;
      case 'end':
        this.#ended = true;
    }
  }

  #begin(header: HeaderRecord): void {
    this.#header = header;
    this.#nodes.begin(header);
    this.#streams.begin(header);
    this.#cohorts.begin(header);
    this.#series.begin(header);
  }

  #nodeChanged(record: NodeRecord): void {
    this.#nodes.changed(record);
    this.#cohorts.nodeChanged(record);
  }
}
