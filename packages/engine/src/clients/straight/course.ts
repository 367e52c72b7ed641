/** Something of a cohort that goes on by itself, and writes what comes next into its line of the timetable. */
export interface Course {
  /** Its next instant has come. */
  go(): void;
}
