import type { HeaderDatabase, HeaderRecord } from '@faultline/trace';
import { type Box, type Column, MARGIN } from './cohort-places.ts';

/** Size of a node's card. */
export const CARD = { width: 178, height: 66, gap: 14 };
/** Where an AZ has more nodes of a database than this, they have small cards, two in a row. */
const ROOMY = 3;
const SMALL = { width: 98, height: 46, gap: 14 };
const SMALL_IN_ROW = 2;
/** Room for the name of a Region; below it come the name of an AZ, and arcs above the cards. */
export const REGION_HEAD = 26;
const AZ_HEAD = 22;
const BAND_HEAD = 52;
const BETWEEN_BANDS = 26;
/** The rail that the streams of many small cards share, above the cards. */
const RAIL_ABOVE = 13;

interface Band {
  readonly nodes: Map<string, Box>;
  readonly rails: Map<string, number>;
  readonly columns: readonly Column[];
  readonly columnWidth: number;
}

/** A band for each database; in it the nodes of one AZ stand below one another. Nodes of a whole Region come first. */
export function placeNodes(header: HeaderRecord, columns: readonly Column[], columnWidth: number) {
  const band: Band = { nodes: new Map(), rails: new Map(), columns, columnWidth };
  let y = MARGIN + REGION_HEAD + AZ_HEAD + BAND_HEAD - 8;
  for (const [place, database] of header.databases.entries()) {
    const top = placeRegional(band, database, y);
    y = placeZonal(band, database, top) + (place === header.databases.length - 1 ? 0 : BETWEEN_BANDS);
  }
  return { nodes: band.nodes, rails: band.rails, bottom: y };
}

/** Side by side over the width of their Region. Returns where the rest begins. */
function placeRegional({ nodes, columns, columnWidth }: Band, database: HeaderDatabase, y: number): number {
  const regional = database.nodes.filter(({ az, region }) => az === region);
  for (const { node, region } of regional) {
    const own = columns.filter((column) => column.region === region);
    const beside = regional.filter((other) => other.region === region);
    const place = beside.findIndex((other) => other.node === node);
    const centre = (own[0]?.x ?? 0) + (own.length * columnWidth * (place + 0.5)) / beside.length;
    nodes.set(node, { x: centre - CARD.width / 2, y, width: CARD.width, height: CARD.height });
  }
  return regional.length === 0 ? y : y + CARD.height + CARD.gap + 22;
}

/** Below one another in their AZ. Returns where the next band may begin. */
function placeZonal({ nodes, rails, columns, columnWidth }: Band, database: HeaderDatabase, y: number): number {
  const zonal = database.nodes.filter(({ az, region }) => az !== region);
  const inAz = (az: string) => zonal.filter((other) => other.az === az);
  const most = Math.max(0, ...zonal.map(({ az }) => inAz(az).length));
  const { card, inRow } = most > ROOMY ? { card: SMALL, inRow: SMALL_IN_ROW } : { card: CARD, inRow: 1 };
  if (inRow > 1) rails.set(database.database, y - RAIL_ABOVE);
  for (const { node, az } of zonal) {
    const place = inAz(az).findIndex((other) => other.node === node);
    const left = (columns.find((column) => column.az === az)?.x ?? 0) + columnWidth / 2;
    const width = inRow * card.width + (inRow - 1) * 8;
    nodes.set(node, {
      x: left - width / 2 + (place % inRow) * (card.width + 8),
      y: y + Math.floor(place / inRow) * (card.height + card.gap),
      width: card.width,
      height: card.height,
    });
  }
  return y + Math.ceil(most / inRow) * (card.height + card.gap);
}
