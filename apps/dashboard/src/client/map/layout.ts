import type { ViewState } from '@faultline/metrics';
import type { HeaderRecord } from '@faultline/trace';
import { type Box, COHORT, type Column, cohortRows, MARGIN, placeCohorts } from './cohort-places.ts';
import { CARD, placeNodes, REGION_HEAD } from './node-places.ts';
import { placesOf, type RegionPlace, volumeOf } from './places.ts';

const COLUMN_MIN = CARD.width + 22;

const VOLUME_ROW = 20;
const ENDPOINT = { height: 30, above: 34, below: 38, aside: 190 };
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  /** Clients stand at the right of the Regions instead of below. */
  readonly sideways: boolean;
  readonly regions: readonly (Box & { readonly region: string })[];
  readonly azs: readonly (Box & { readonly az: string })[];
  /** Place of every node's card. */
  readonly nodes: ReadonlyMap<string, Box>;
  /** Height of the rail above the small cards of a database that has many nodes. */
  readonly rails: ReadonlyMap<string, number>;
  readonly endpoints: readonly (Box & { readonly database: string; readonly endpoint: string })[];
  readonly cohorts: ReadonlyMap<string, Box>;
  readonly volumes: readonly (Box & { readonly database: string; readonly groups: number; readonly az: string })[];
}

/** A page this many times as wide as high has clients beside their Regions instead of below. */
const SIDEWAYS = 2.1;

/** Where everything goes: Regions side by side, their AZs as columns, then names, then clients below. */
export function layOut(header: HeaderRecord, view: ViewState, wanted: { width: number; height: number }): MapLayout {
  const places = placesOf(header);
  const count = Math.max(
    1,
    places.reduce((total, { azs }) => total + Math.max(1, azs.length), 0),
  );
  const gaps = (places.length - 1) * MARGIN;
  const sideways = wanted.width / Math.max(1, wanted.height) > SIDEWAYS;
  const given = sideways ? wanted.width - ENDPOINT.aside - COHORT.width - MARGIN : wanted.width;
  const columnWidth = Math.max(COLUMN_MIN, (given - 2 * MARGIN - gaps) / count);
  const width = 2 * MARGIN + gaps + count * columnWidth;
  const columns = columnsOf(places, columnWidth);
  const { nodes, rails, bottom: nodesBottom } = placeNodes(header, columns, columnWidth);
  const volumes = placeVolumes(header, columns, columnWidth, nodesBottom);
  const regionBottom = Math.max(nodesBottom, ...volumes.map(({ y, height }) => y + height)) + (sideways ? 4 : 14);
  const base = { ...boundaries(places, columns, columnWidth, regionBottom), nodes, rails, volumes, sideways };
  return sideways
    ? beside(base, header, view, width, regionBottom)
    : below(base, header, view, wanted, { columns, columnWidth, width, regionBottom });
}

type Base = Pick<MapLayout, 'regions' | 'azs' | 'nodes' | 'rails' | 'volumes' | 'sideways'>;

interface Measures {
  readonly columns: readonly Column[];
  readonly columnWidth: number;
  readonly width: number;
  readonly regionBottom: number;
}

function below(
  base: Base,
  header: HeaderRecord,
  view: ViewState,
  wanted: { width: number; height: number },
  measures: Measures,
): MapLayout {
  const { columns, columnWidth, width, regionBottom } = measures;
  const cohortHeight = cohortRows(header, columns, width) * (COHORT.height + COHORT.gap);
  const needed = regionBottom + ENDPOINT.above + ENDPOINT.height + ENDPOINT.below + cohortHeight + MARGIN;
  const spare = Math.max(0, wanted.height * (width / Math.max(wanted.width, 1)) - needed);
  const endpointsY = regionBottom + ENDPOINT.above + spare * 0.4;
  const cohortsY = endpointsY + ENDPOINT.height + ENDPOINT.below + spare * 0.6;
  return {
    ...base,
    width,
    height: needed + spare,
    endpoints: placeEndpoints(header, view, width, endpointsY),
    cohorts: placeCohorts(header, columns, columnWidth, width, cohortsY),
  };
}

/** Names and clients in columns of their own, at the right. */
function beside(base: Base, header: HeaderRecord, view: ViewState, width: number, regionBottom: number): MapLayout {
  const names = shownEndpoints(header, view);
  const cohorts = new Map<string, Box>();
  const x = width + ENDPOINT.aside;
  for (const [row, { cohort }] of header.cohorts.entries()) {
    const y = MARGIN + row * (COHORT.height + COHORT.gap);
    cohorts.set(cohort, { x, y, width: COHORT.width, height: COHORT.height });
  }
  const height = Math.max(regionBottom + 34, header.cohorts.length * (COHORT.height + COHORT.gap) + MARGIN);
  const endpoints = names.map((given, row) => ({
    ...given,
    x: width + 8,
    y: height - MARGIN - (names.length - row) * (ENDPOINT.height + 8),
    width: ENDPOINT.aside - 40,
    height: ENDPOINT.height,
  }));
  return { ...base, width: x + COHORT.width + MARGIN, height, endpoints, cohorts };
}

function columnsOf(places: readonly RegionPlace[], columnWidth: number): readonly Column[] {
  const columns: Column[] = [];
  let x = MARGIN;
  for (const { region, azs } of places) {
    for (const az of azs.length > 0 ? azs : [region]) {
      columns.push({ az, region, x });
      x += columnWidth;
    }
    x += MARGIN;
  }
  return columns;
}

function boundaries(places: readonly RegionPlace[], columns: readonly Column[], columnWidth: number, bottom: number) {
  const regions = places.map(({ region }) => {
    const own = columns.filter((column) => column.region === region);
    const x = own[0]?.x ?? 0;
    return { region, x, y: MARGIN, width: own.length * columnWidth, height: bottom - MARGIN };
  });
  const azs = columns
    .filter(({ az, region }) => az !== region)
    .map(({ az, x }) => ({
      az,
      x: x + 6,
      y: MARGIN + REGION_HEAD,
      width: columnWidth - 12,
      height: bottom - MARGIN - REGION_HEAD - 6,
    }));
  return { regions, azs };
}

function placeVolumes(header: HeaderRecord, columns: readonly Column[], columnWidth: number, top: number) {
  return header.databases.flatMap(({ database }) => {
    const volume = volumeOf(header, database);
    if (volume === null) return [];
    const shown = Math.min(volume.groups, 4);
    return volume.azs.map((az) => ({
      database,
      az,
      groups: volume.groups,
      x: (columns.find((column) => column.az === az)?.x ?? 0) + 6,
      y: top + 4,
      width: columnWidth - 12,
      height: shown * VOLUME_ROW + 12,
    }));
  });
}

/** Names that clients use. An instance has a name of its own, which is shown only when somebody uses it. */
function shownEndpoints(header: HeaderRecord, view: ViewState) {
  const used = new Set(view.cohorts.flatMap(({ answers }) => answers.slice(0, 3).map(({ endpoint }) => endpoint)));
  return header.databases.flatMap(({ database, endpoints, nodes }) =>
    endpoints
      .filter((endpoint) => used.has(endpoint) || !nodes.some(({ node }) => node === endpoint))
      .map((endpoint) => ({ database, endpoint })),
  );
}

function placeEndpoints(header: HeaderRecord, view: ViewState, width: number, y: number) {
  const shown = shownEndpoints(header, view);
  const each = Math.min(210, (width - 2 * MARGIN) / Math.max(1, shown.length) - 10);
  const left = width / 2 - (shown.length * (each + 10) - 10) / 2;
  return shown.map((given, place) => ({
    ...given,
    x: left + place * (each + 10),
    y,
    width: each,
    height: ENDPOINT.height,
  }));
}
