/** What a cell of a study is called. The only cell of a study without factors has no label. */
export const nameOf = (cell: { readonly label: string } | undefined): string =>
  cell === undefined || cell.label === '' ? 'all trials' : cell.label;
