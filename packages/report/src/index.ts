export {
  type CompareResult,
  compareJson,
  type DataLossSummary,
  type KindResult,
  type PhaseSummary,
  ranked,
} from './compare-result.ts';
export { type Replay, runHtml } from './html/run-html.ts';
export { searchHtml } from './html/search-html.ts';
export { studyHtml } from './html/study-html.ts';
export { compareReport } from './text/compare-report.ts';
export { displayWidth, padded, printable, shortened, wrapped } from './text/display.ts';
export { count, duration, percent, plural } from './text/figures.ts';
export { asciiGlyphs, type Glyphs, unicodeGlyphs } from './text/glyphs.ts';
export { ansiPalette, type Palette, plainPalette } from './text/palette.ts';
export { type RunReport, runReport } from './text/run-report.ts';
export { searchReport } from './text/search-report.ts';
export { studyReport } from './text/study-report.ts';
export { type TextStyle, textStyle } from './text/style.ts';
export { type Column, type TableOptions, table } from './text/table.ts';
export { validationReport } from './text/validation-report.ts';
export { type WaterfallMarks, waterfallLines } from './text/waterfall.ts';
export { validationMarkdown } from './validation-markdown.ts';
export type { AgreementResult, CaseResult, MeasureResult, ValidationReportInput } from './validation-result.ts';
