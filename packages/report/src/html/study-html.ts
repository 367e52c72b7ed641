import type { StudyResult } from '@faultline/metrics';
import { plural } from '../text/figures.ts';
import { studyAnswer } from '../text/study-goals.ts';
import { html, type Markup, raw } from './markup.ts';
import { differenceSection } from './study/difference-section.ts';
import { factorSection } from './study/factor-section.ts';
import { lossSection } from './study/loss-section.ts';
import { phaseSection } from './study/phase-section.ts';
import { recoverySection } from './study/recovery-section.ts';
import { spreadSection } from './study/spread-section.ts';
import { verdictSection } from './study/verdict-section.ts';
import { STYLE_SHEET } from './style-sheet.ts';
import { rareSection, yearSection } from './tail-sections.ts';

/** Parts of the page in reading order, each of them with its own question. */
const SECTIONS: readonly ((result: StudyResult) => Markup)[] = [
  verdictSection,
  spreadSection,
  recoverySection,
  differenceSection,
  phaseSection,
  factorSection,
  lossSection,
  ({ rare = [] }) => rareSection(rare),
  ({ availability = [] }) => yearSection(availability),
];

/** A study as one HTML file that needs nothing else. Every chart has its question as the title, and its data beside it. */
export function studyHtml(result: StudyResult, command: string): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${result.study}, seed ${result.seed}</title>
<style>${raw(STYLE_SHEET)}</style>
</head>
<body>
<h1>${result.study}</h1>
${result.summary === '' ? '' : html`<p>${result.summary}</p>\n`}<p class="answer">${studyAnswer(result)}</p>
<p class="faint">${plural(result.trials, 'trial')} over ${plural(result.cells.length, 'cell')}${result.cells.length > 1 ? ', which are the combinations of the factors; all share their random numbers, trial by trial' : ''}.</p>
${SECTIONS.map((section) => section(result))}<footer>
<p>seed ${result.seed}. Again: <code>${command}</code></p>
</footer>
</body>
</html>
`;
  return page.markup;
}
