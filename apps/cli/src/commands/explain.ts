import { kinds } from '@faultline/models';
import type { Command } from 'commander';
import { oneOf } from '../arguments.ts';
import { explanationOf } from '../explanation.ts';
import { explanationText } from '../explanation-text.ts';
import { outputStyle, print, printJson } from '../output.ts';

export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .summary('a deployment kind: chart, promises, and every default with its source')
    .description(
      'Says what a deployment kind promises, how long each step takes and where that number comes from, who acts in each phase, and draws its chart (Mermaid).',
    )
    .argument('<kind>', 'e.g. rds.multi-az-instance')
    .option('--json', 'one JSON document on standard output')
    .action((id: string, options: { readonly json?: boolean }) => {
      const explanation = explanationOf(oneOf('explain', id, kinds));
      if (options.json) printJson(explanation);
      else print(explanationText(explanation, outputStyle()));
    });
}
