import type { CommandRecord, FactRecord, FaultRecord } from '@faultline/trace';
import type { SegmentView } from './view-state.ts';

/** Storage segments that faults hit, until they are back or replaced. */
export class Segments {
  readonly list: SegmentView[];

  constructor(list: SegmentView[] = []) {
    this.list = list;
  }

  faulted({ atUs, cause, edge, target, effective }: FaultRecord): void {
    if (cause !== 'segment-failure' || !effective) return;
    const [database = '', segment = ''] = target.split('.');
    this.#drop((known) => known.database === database && known.segment === segment);
    if (edge === 'started') this.list.push({ database, segment, state: 'lost', sinceUs: atUs });
  }

  ordered({ atUs, database, command, detail }: CommandRecord): void {
    if (command !== 'REPLACE_SEGMENT') return;
    const place = this.list.findIndex((known) => known.database === database && known.segment === detail.segment);
    const known = this.list[place];
    if (known !== undefined) this.list[place] = { ...known, state: 'replacing', sinceUs: atUs };
  }

  /** The fact does not name the segment: they are replaced in the order in which that was asked for. */
  learned({ database, fact }: FactRecord): void {
    if (fact !== 'SEGMENT_REPLACED') return;
    const first = this.list.find((known) => known.database === database && known.state === 'replacing');
    this.#drop((known) => known === first);
  }

  #drop(unwanted: (segment: SegmentView) => boolean): void {
    for (let place = this.list.length - 1; place >= 0; place--) {
      if (unwanted(this.list[place] as SegmentView)) this.list.splice(place, 1);
    }
  }
}
