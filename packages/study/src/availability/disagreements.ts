import type { Estimate, FailureResult, YearFigures } from '@faultline/metrics';

interface Figures {
  /** Simulated minutes, with the interval that the chance of the years leaves. */
  readonly ofYears: Estimate;
  readonly closedForm: YearFigures['closedForm'];
  readonly overlapping: number;
  readonly failures: readonly FailureResult[];
}

/** Where simulation and closed form disagree beyond the interval, each with its reason. */
export function disagreementsOf({ ofYears, closedForm, overlapping, failures }: Figures): readonly string[] {
  const notes: string[] = [];
  if (isOutside(closedForm.withMeans, ofYears)) {
    const reason =
      overlapping > 0
        ? `overlapping failures: ${percent(overlapping)} of the outages begin during another one, and wait for it; the closed form repairs both at once`
        : 'the recovery times are far from exponential, and rare long ones are not yet averaged out over so few years';
    notes.push(
      `The closed form says ${minutes(closedForm.withMeans)} and the simulation ${minutes(ofYears.value)}: ${reason}.`,
    );
  }
  if (isOutside(closedForm.withMedians, ofYears)) {
    notes.push(
      `With median recovery times the closed form says ${minutes(closedForm.withMedians)} and the simulation ${minutes(ofYears.value)}: ${reasonForMedians(failures)}.`,
    );
  }
  return notes;
}

/** What keeps the median of a recovery from standing for its mean, at the failure where that costs most. */
function reasonForMedians(failures: readonly FailureResult[]): string {
  const gap = ({ perYear, meanUs, medianUs }: FailureResult): number => perYear * Math.abs(meanUs - medianUs);
  const worst = failures.reduce((a, b) => (gap(b) > gap(a) ? b : a));
  const { name, meanUs, medianUs, waitedForPerson, unrecovered, trials } = worst;
  const skewed = `recovery from \`${name}\` is not exponential but ${meanUs > medianUs ? 'has a long tail' : 'has a short side'}, so that its mean is ${(meanUs / medianUs).toPrecision(3)} times its median`;
  if (waitedForPerson > 0)
    return `${skewed}; waiting for a person: ${waitedForPerson} of ${trials} trials called somebody`;
  return unrecovered > 0 ? `${skewed}; ${unrecovered} of ${trials} trials did not recover by themselves` : skewed;
}

const isOutside = (value: number, { low, high }: Estimate): boolean => value < (low ?? 0) || value > (high ?? value);
const minutes = (value: number): string =>
  `${value >= 1_000 ? Math.round(value) : value.toPrecision(3)} minutes a year`;
const percent = (share: number): string => `${(share * 100).toPrecision(2)}%`;
