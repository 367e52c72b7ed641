/** Okabe and Ito's palette (Color Universal Design, 2008), which eyes that mix up hues can tell apart, on light and dark. */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#d55e00', '#56b4e9', '#cc79a7', '#8c8c00', '#888888'] as const;

/** Curves in one chart: more cannot be told apart. */
export const CURVES_MAX = COLOURS.length;

/** Colour of the curve at a place; beside it the dash, so that colour is never all that tells two apart. */
export function curveStyle(place: number): { readonly colour: string; readonly dash: string } {
  return {
    colour: COLOURS[place % CURVES_MAX] as string,
    dash: ['none', '7 3', '2 3', '9 3 2 3'][place % 4] as string,
  };
}
