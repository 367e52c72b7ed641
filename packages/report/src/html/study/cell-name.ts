import type { CellResult } from '@faultline/metrics';

/** What a cell is called in tables. */
export const nameOf = ({ label }: CellResult): string => (label === '' ? 'all trials' : label);
