import { kinds } from '@faultline/models';
import { table } from '@faultline/report';
import type { Command } from 'commander';
import { oneOf } from '../arguments.ts';
import { explanationOf } from '../explanation.ts';
import { outputStyle, print, printJson } from '../output.ts';

export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .summary('a deployment kind: chart, promises, and every default with its source')
    .argument('<kind>', 'e.g. rds.multi-az-instance')
    .option('--json', 'one JSON document on standard output')
    .action((id: string, options: { readonly json?: boolean }) => {
      const explanation = explanationOf(oneOf('explain', id, kinds));
      if (options.json) {
        printJson(explanation);
        return;
      }
      const style = outputStyle();
      const { palette } = style;
      const section = (title: string, lines: readonly string[]) =>
        lines.length === 0 ? [] : ['', palette.heading(title), ...lines];
      const origin = (of: { readonly grade: string; readonly source: string; readonly date: string }) =>
        `${of.grade}: ${of.source}, ${of.date}`;
      print(
        [
          `${palette.heading(explanation.title)}  ${palette.faint(explanation.kind)}`,
          explanation.summary,
          ...section(
            'What it promises',
            table(
              [
                { title: '', wraps: true },
                { title: '', wraps: true },
              ],
              explanation.promises.map((one) => [one.claim, origin(one)]),
              style,
            ),
          ),
          ...section('In a scenario', explanation.example.split('\n')),
          ...section(
            'Durations of the chart',
            table(
              [
                { title: 'timing' },
                { title: 'default', wraps: true },
                { title: 'what passes, and where the number comes from', wraps: true },
              ],
              explanation.timings.map((one) => [one.timing, one.distribution, `${one.meaning} (${origin(one)})`]),
              style,
            ),
          ),
          ...section(
            'Numbers of the data plane',
            table(
              [
                { title: 'quantity' },
                { title: 'value' },
                { title: 'meaning, and where the number comes from', wraps: true },
              ],
              explanation.quantities.map((one) => [
                one.quantity,
                `${one.value} ${one.unit}`,
                `${one.meaning} (${origin(one)})`,
              ]),
              style,
            ),
          ),
          ...section(
            'Steps that are left to you',
            table(
              [{ title: 'step' }, { title: 'reaction', wraps: true }, { title: '', wraps: true }],
              explanation.operatorSteps.map((one) => [one.step, one.reaction, `${one.meaning} (${origin(one)})`]),
              style,
            ),
          ),
          ...section(
            'Who acts',
            Object.entries(explanation.acts).map(([phase, actor]) => `${phase.padEnd(18)} ${actor}`),
          ),
          ...section('The chart (Mermaid)', explanation.chart.split('\n')),
        ].join('\n'),
      );
    });
}
