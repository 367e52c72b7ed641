import type { Watch } from './watch.ts';

/** From the acknowledgement of a cohort's first write to the answer of the first read, elsewhere, that returned it. */
export function visibleElsewhere(writer: string, reader: string): Watch {
  let op: number | null = null;
  let writtenUs = 0;
  let tookUs: number | null = null;
  return {
    add(record) {
      if (record.type !== 'op' || record.outcome !== 'ok' || tookUs !== null) return;
      if (op === null && record.cohort === writer && record.action === 'write') {
        op = record.op;
        writtenUs = record.atUs;
      } else if (op !== null && record.cohort === reader && (record.value ?? 0) >= op) tookUs = record.atUs - writtenUs;
    },
    get settled() {
      return tookUs !== null;
    },
    value: () => tookUs,
  };
}
