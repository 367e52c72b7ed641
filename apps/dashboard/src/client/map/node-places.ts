import type { HeaderRecord } from '@faultline/trace';
import { type Box, type Column, MARGIN } from './cohort-places.ts';

/** Size of a node's card. */
export const CARD = { width: 178, height: 66, gap: 14 };
/** Room for the name of a Region; below it come the name of an AZ, and arcs above the cards. */
export const REGION_HEAD = 26;
const AZ_HEAD = 22;
const BAND_HEAD = 52;

/** A band for each database; in it the nodes of one AZ stand below one another. Nodes of a whole Region come first. */
export function placeNodes(header: HeaderRecord, columns: readonly Column[], columnWidth: number) {
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
