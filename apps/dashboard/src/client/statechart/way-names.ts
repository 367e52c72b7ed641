import { type ChartLayout, LEAF_HEIGHT, type StateBox } from './layout.ts';
import { pointAt, type Way, wayWords } from './ways.ts';

/** A name beside a way. `x` and `y` are its middle. */
export interface WayName {
  readonly key: string;
  readonly words: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** At the size of type that the style sheet gives names: generous, since type differs between machines. */
const LETTER = 6.3;
const HEIGHT = 15;
const MARGIN = 4;

/** Where on its way a name may stand, best first, and how far above or below. */
const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9];
const ASIDE = [0, -9, 9, -18, 18, -27, 27, -36, 36];

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Names of ways where they hide neither a state nor one another. One that finds no such place is left out of
 * the picture: the line above it names all of them.
 */
export function placeNames(ways: readonly Way[], layout: ChartLayout): readonly WayName[] {
  const taken: Rectangle[] = layout.boxes.map(solid);
  return ways.flatMap((way): WayName[] => {
    const words = wayWords(way.labels);
    const size = { width: words.length * LETTER + 2 * MARGIN, height: HEIGHT };
    const place = candidates(way)
      .map(([x, y]) => ({ x, y, ...size }))
      .find((tried) => isWithin(around(tried), layout) && taken.every((other) => isApart(around(tried), other)));
    if (place === undefined) return [];
    taken.push(around(place));
    return [{ key: `${way.from.id}>${way.to.id}`, words, ...place }];
  });
}

function candidates(way: Way): readonly (readonly [x: number, y: number])[] {
  return ASIDE.flatMap((aside) =>
    SHARES.map((share) => {
      const [x, y] = pointAt(way, share);
      return [x, y + aside] as const;
    }),
  );
}

/** What a name may not hide: a whole state, or the title of one with others inside. */
function solid({ x, y, width, height, state }: StateBox): Rectangle {
  const isLeaf = height <= LEAF_HEIGHT;
  return {
    left: x,
    top: y,
    right: x + (isLeaf ? width : Math.min(width, 34 + state.key.length * 8.4)),
    bottom: y + (isLeaf ? height : 26),
  };
}

function around({ x, y, width, height }: Omit<WayName, 'key' | 'words'>): Rectangle {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

function isApart(one: Rectangle, other: Rectangle): boolean {
  return one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
}

function isWithin({ left, top, right, bottom }: Rectangle, { width, height }: ChartLayout): boolean {
  return left >= 0 && top >= 0 && right <= width && bottom <= height;
}
