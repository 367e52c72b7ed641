import type { ViewState } from '@faultline/metrics';
import type { HeaderRecord } from '@faultline/trace';
import { type Box, COHORT, type Column, cohortRows, MARGIN, placeCohorts } from './cohort-places.ts';
import { placesOf, type RegionPlace, volumeOf } from './places.ts';

/** Sizes on the map, in its own units: pixels when it is not scaled down. */
const CARD = { width: 178, height: 66, gap: 14 };
const COLUMN_MIN = CARD.width + 22;

const REGION_HEAD = 26;
const AZ_HEAD = 22;
const BAND_HEAD = 52;
const VOLUME_ROW = 20;
const ENDPOINT = { height: 30, above: 34, below: 38 };
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  readonly regions: readonly (Box & { readonly region: string })[];
  readonly azs: readonly (Box & { readonly az: string })[];
  /** Place of every node's card. */
  readonly nodes: ReadonlyMap<string, Box>;
  readonly endpoints: readonly (Box & { readonly database: string; readonly endpoint: string })[];
  readonly cohorts: ReadonlyMap<string, Box>;
  readonly volumes: readonly (Box & { readonly database: string; readonly groups: number; readonly az: string })[];
}

/** Where everything goes: Regions side by side, their AZs as columns, then names, then clients below. */
export function layOut(header: HeaderRecord, view: ViewState, wanted: { width: number; height: number }): MapLayout {
  const places = placesOf(header);
  const count = Math.max(
    1,
    places.reduce((total, { azs }) => total + Math.max(1, azs.length), 0),
  );
  const gaps = (places.length - 1) * MARGIN;
  const columnWidth = Math.max(COLUMN_MIN, (wanted.width - 2 * MARGIN - gaps) / count);
  const width = 2 * MARGIN + gaps + count * columnWidth;
  const columns = columnsOf(places, columnWidth);
  const { nodes, bottom: nodesBottom } = placeNodes(header, columns, columnWidth);
  const volumes = placeVolumes(header, columns, columnWidth, nodesBottom);
  const regionBottom = Math.max(nodesBottom, ...volumes.map(({ y, height }) => y + height)) + 14;
  const cohortHeight = cohortRows(header, columns, width) * (COHORT.height + COHORT.gap);
  const needed = regionBottom + ENDPOINT.above + ENDPOINT.height + ENDPOINT.below + cohortHeight + MARGIN;
  const spare = Math.max(0, wanted.height * (width / Math.max(wanted.width, 1)) - needed);
  const endpointsY = regionBottom + ENDPOINT.above + spare * 0.4;
  const cohortsY = endpointsY + ENDPOINT.height + ENDPOINT.below + spare * 0.6;
  return {
    width,
    height: needed + spare,
    ...boundaries(places, columns, columnWidth, regionBottom),
    nodes,
    volumes,
    endpoints: placeEndpoints(header, view, width, endpointsY),
    cohorts: placeCohorts(header, columns, columnWidth, width, cohortsY),
  };
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

/** A band for each database; in it the nodes of one AZ stand below one another. Nodes of a whole Region come first. */
function placeNodes(header: HeaderRecord, columns: readonly Column[], columnWidth: number) {
  const nodes = new Map<string, Box>();
  let y = MARGIN + REGION_HEAD + AZ_HEAD + BAND_HEAD - 8;
  for (const database of header.databases) {
    const regional = database.nodes.filter(({ az, region }) => az === region);
    const zonal = database.nodes.filter(({ az, region }) => az !== region);
    const step = CARD.height + CARD.gap;
    const filled = new Map<string, number>();
    const put = (node: string, key: string, centre: number, top: number): void => {
      const row = filled.get(key) ?? 0;
      filled.set(key, row + 1);
      nodes.set(node, { x: centre - CARD.width / 2, y: top + row * step, width: CARD.width, height: CARD.height });
    };
    for (const { node, region } of regional.slice()) {
      const own = columns.filter((column) => column.region === region);
      const place = regional.filter((other) => other.region === region).findIndex((other) => other.node === node);
      const spread = regional.filter((other) => other.region === region).length;
      const left = own[0]?.x ?? 0;
      put(node, `${node}`, left + (own.length * columnWidth * (place + 0.5)) / spread, y);
    }
    const top = regional.length > 0 ? y + step + 22 : y;
    for (const { node, az } of zonal) {
      put(node, az, (columns.find((column) => column.az === az)?.x ?? 0) + columnWidth / 2, top);
    }
    const rows = Math.max(0, ...zonal.map(({ az }) => filled.get(az) ?? 0));
    y = top + rows * step + (header.databases.at(-1) === database ? 0 : 26);
  }
  return { nodes, bottom: y };
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
function placeEndpoints(header: HeaderRecord, view: ViewState, width: number, y: number) {
  const used = new Set(view.cohorts.flatMap(({ answers }) => answers.slice(0, 3).map(({ endpoint }) => endpoint)));
  const shown = header.databases.flatMap(({ database, endpoints, nodes }) =>
    endpoints
      .filter((endpoint) => used.has(endpoint) || !nodes.some(({ node }) => node === endpoint))
      .map((endpoint) => ({ database, endpoint })),
  );
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
