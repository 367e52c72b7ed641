/** What a cell is called in tables. */
export const nameOf = ({ label }: { readonly label: string }): string => (label === '' ? 'all trials' : label);
