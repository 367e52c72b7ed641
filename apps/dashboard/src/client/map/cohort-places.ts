import type { HeaderRecord } from '@faultline/trace';

export const MARGIN = 12;
export const COHORT = { width: 220, height: 118, gap: 10 };

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One AZ, or a Region without any, from its left edge. */
export interface Column {
  readonly az: string;
  readonly region: string;
  readonly x: number;
}

/** How many rows the cohorts need. */
export function cohortRows(header: HeaderRecord, columns: readonly Column[], width: number): number {
  return Math.max(1, ...[...cohortPlaces(header, columns, width).values()].map(({ row }) => row + 1));
}

/** Cohorts stand below the place that they come from; where several do, they go where there is room. */
function cohortPlaces(header: HeaderRecord, columns: readonly Column[], width: number) {
  const slots = Math.max(1, Math.floor((width - 2 * MARGIN + COHORT.gap) / (COHORT.width + COHORT.gap)));
  const places = new Map<string, { readonly slot: number; readonly row: number; readonly slots: number }>();
  const taken = new Set<string>();
  const used = Math.min(slots, Math.max(columns.length, header.cohorts.length));
  for (const { cohort, from } of header.cohorts) {
    const column = columns.findIndex(({ az, region }) => az === from || region === from);
    const wanted = column < 0 ? 0 : Math.min(used - 1, Math.floor((column * used) / columns.length));
    let row = 0;
    let slot = wanted;
    while (taken.has(`${slot}/${row}`)) {
      const free = Array.from({ length: used }, (_, place) => place)
        .filter((place) => !taken.has(`${place}/${row}`))
        .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
      if (free === undefined) row++;
      slot = free ?? wanted;
    }
    taken.add(`${slot}/${row}`);
    places.set(cohort, { slot, row, slots: used });
  }
  return places;
}

export function placeCohorts(
  header: HeaderRecord,
  columns: readonly Column[],
  columnWidth: number,
  width: number,
  y: number,
): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  for (const [cohort, { slot, row, slots }] of cohortPlaces(header, columns, width)) {
    const aligned = slots === columns.length;
    const centre = aligned
      ? (columns[slot]?.x ?? 0) + columnWidth / 2
      : MARGIN + ((width - 2 * MARGIN) * (slot + 0.5)) / slots;
    const x = Math.min(width - MARGIN - COHORT.width, Math.max(MARGIN, centre - COHORT.width / 2));
    boxes.set(cohort, { x, y: y + row * (COHORT.height + COHORT.gap), width: COHORT.width, height: COHORT.height });
  }
  return boxes;
}
