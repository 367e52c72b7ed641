import { type DeploymentKind, kinds } from '@faultline/models';
import type { Command } from 'commander';
import { oneOf } from '../arguments.ts';
import { explanationOf } from '../explanation.ts';
import { explanationText } from '../explanation-text.ts';
import { outputStyle, print, printJson } from '../output.ts';
import { worldExplanation, worldText } from '../world-explanation.ts';

/** In place of a kind: what is around all of them. */
const WORLD = 'world';

export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .summary('a deployment kind: chart, promises, and every default with its source')
    .description(
      'Says what a deployment kind promises, how long each step takes and where that number comes from, who acts in each phase, and draws its chart (Mermaid). `explain world` lists what belongs to no kind: networks, servers, clients, and every default of a scenario, with sources.',
    )
    .argument('<kind>', 'e.g. rds.multi-az-instance, or world')
    .option('--json', 'one JSON document on standard output')
    .action((id: string, options: { readonly json?: boolean }) => {
      const kind = oneOf('explain', id, new Map<string, DeploymentKind | null>([...kinds, [WORLD, null]]));
      if (kind === null) {
        const world = worldExplanation();
        if (options.json) printJson(world);
        else print(worldText(world, outputStyle()));
        return;
      }
      const explanation = explanationOf(kind);
      if (options.json) printJson(explanation);
      else print(explanationText(explanation, outputStyle()));
    });
}
