import { kinds } from '@faultline/models';
import { table, wrapped } from '@faultline/report';
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
    .description('Lists deployment kinds, causes of faults, the faults that `compare` knows, or the bundled scenarios.')
    .addArgument(new Argument('[what]', 'what to list').choices(Object.keys(lists)).default('kinds'))
    .option('--json', 'one JSON document on standard output')
    .action((what: string, options: { readonly json?: boolean }) => {
      const listed = lists[what]?.() ?? [];
      if (options.json) printJson(listed);
      else print((what === 'scenarios' ? paragraphs(listed) : columns(what, listed)).join('\n'));
    });
}

function columns(title: string, listed: readonly Listed[]): readonly string[] {
  const rows = listed.map(({ name, summary }) => [name, summary]);
  return table([{ title }, { title: '', wraps: true }], rows, outputStyle());
}

/** Each summary under its name: paths would leave a column beside them too little room. */
function paragraphs(listed: readonly Listed[]): readonly string[] {
  const { width } = outputStyle();
  return listed.flatMap(({ name, summary }) => [name, ...wrapped(summary, width - 2).map((line) => `  ${line}`)]);
}
