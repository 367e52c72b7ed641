import { kinds } from '@faultline/models';
import { table } from '@faultline/report';
import { causes } from '@faultline/scenario';
import { comparisonFaults } from '@faultline/study';
import { Argument, type Command } from 'commander';
import { outputStyle, print, printJson } from '../output.ts';
import { bundledScenarios } from '../simulations.ts';

interface Listed {
  readonly name: string;
  readonly summary: string;
}

/** What can be listed. */
const lists: Readonly<Record<string, () => readonly Listed[]>> = {
  kinds: () => [...kinds.values()].map(({ id, summary }) => ({ name: id, summary })),
  faults: () => [...causes.values()].map(({ id, summary }) => ({ name: id, summary })),
  comparisons: () => [...comparisonFaults.values()].map(({ id, summary }) => ({ name: id, summary })),
  scenarios: bundledScenarios,
};

export function addListCommand(program: Command): void {
  program
    .command('list')
    .summary('deployment kinds, faults or bundled scenarios')
    .addArgument(new Argument('[what]', 'what to list').choices(Object.keys(lists)).default('kinds'))
    .option('--json', 'one JSON document on standard output')
    .action((what: string, options: { readonly json?: boolean }) => {
      const listed = lists[what]?.() ?? [];
      if (options.json) printJson(listed);
      else
        print(
          table(
            [{ title: what }, { title: '', wraps: true }],
            listed.map(({ name, summary }) => [name, summary]),
            outputStyle(),
          ).join('\n'),
        );
    });
}
