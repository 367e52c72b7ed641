import type { TrialSummary } from './trial-summary.ts';

/** What a summary says in one number each. */
export const MEASURES = ['recoveryUs', 'failed', 'indeterminate', 'lost', 'lossSpanUs', 'lostUpdates'] as const;
type Measure = (typeof MEASURES)[number];

type Phases = TrialSummary['phases'];
type Steps = TrialSummary['steps'];

/** The phases of an outage in their order, and who had to act for each to end. */
type Course = readonly Omit<Phases[number], 'us'>[];

/**
 * The summaries of the trials of one block as columns of numbers: a trial takes some hundred bytes and no object, so
 * that millions of them cross threads and are counted at hardly any cost. What is said in words is the same in nearly
 * all trials of a scenario, so it is kept once. Plain data; `summariesOf` gives back every summary as it was.
 */
export interface BlockColumns extends Readonly<Record<Measure, Float64Array>> {
  /** Number of the first trial; the others follow without a gap. */
  readonly from: number;
  /** The different courses that outages took, and for each trial the place of its own among them. */
  readonly courses: readonly Course[];
  readonly course: Float64Array;
  /** Lengths of the phases of all courses, those of one trial after those of the trial before. */
  readonly phaseUs: Float64Array;
  /** The different lists of steps that people were called for, and for each trial the place of its own among them. */
  readonly calls: readonly Steps[];
  readonly call: Float64Array;
}

/** The columns of some trials, of which the first is number `from` and the others follow one by one. */
export function columnsOf(from: number, summaries: readonly TrialSummary[]): BlockColumns {
  const courses: Course[] = [];
  const calls: Steps[] = [];
  const { length } = summaries;
  const columns: BlockColumns = {
    from,
    ...measured(() => new Float64Array(length)),
    courses,
    course: new Float64Array(length),
    phaseUs: new Float64Array(summaries.reduce((sum, { phases }) => sum + phases.length, 0)),
    calls,
    call: new Float64Array(length),
  };
  let place = 0;
  for (const [index, summary] of summaries.entries()) {
    for (const measure of MEASURES) columns[measure][index] = summary[measure];
    columns.course[index] = placeOfCourse(courses, summary.phases);
    columns.call[index] = placeOfCall(calls, summary.steps);
    for (const { us } of summary.phases) columns.phaseUs[place++] = us;
  }
  return columns;
}

/** The summaries that the columns were made of, in the order of their trials. */
export function summariesOf(columns: BlockColumns): readonly TrialSummary[] {
  const phases = Array.from(columns.course, (): Phases[number][] => []);
  eachPhase(columns, (index, phase, actor, us) => phases[index]?.push({ phase, actor, us }));
  return phases.map((ofTrial, index) => ({
    trial: columns.from + index,
    ...measured((measure) => columns[measure][index] as number),
    phases: ofTrial,
    steps: callOf(columns, index),
  }));
}

/** How many trials there are. */
export const trialsIn = ({ recoveryUs }: BlockColumns): number => recoveryUs.length;

/** What people were called for in one trial; `index` counts the trials of the block from 0. */
export const callOf = ({ calls, call }: BlockColumns, index: number): Steps => calls[call[index] as number] as Steps;

/** Shows every phase of every trial, in their order; `index` counts the trials of the block from 0. */
export function eachPhase(
  { courses, course, phaseUs }: BlockColumns,
  see: (index: number, phase: string, actor: string | null, us: number) => void,
): void {
  let place = 0;
  for (let index = 0; index < course.length; index++) {
    const phases = courses[course[index] as number] as Course;
    for (const { phase, actor } of phases) see(index, phase, actor, phaseUs[place++] as number);
  }
}

function measured<Value>(value: (measure: Measure) => Value): Record<Measure, Value> {
  return Object.fromEntries(MEASURES.map((measure) => [measure, value(measure)])) as Record<Measure, Value>;
}

/** There are few courses, so they are looked through; a text to find each by would take longer to make. */
function placeOfCourse(courses: Course[], phases: Phases): number {
  const place = courses.findIndex(
    (course) =>
      course.length === phases.length &&
      course.every(({ phase, actor }, index) => phase === phases[index]?.phase && actor === phases[index]?.actor),
  );
  return place >= 0 ? place : courses.push(phases.map(({ phase, actor }) => ({ phase, actor }))) - 1;
}

function placeOfCall(calls: Steps[], steps: Steps): number {
  const place = calls.findIndex(
    (call) =>
      call.length === steps.length &&
      call.every(({ step, who, done }, index) => {
        const other = steps[index] as Steps[number];
        return step === other.step && who === other.who && done === other.done;
      }),
  );
  return place >= 0 ? place : calls.push(steps) - 1;
}
