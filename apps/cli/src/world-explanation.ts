import { describeDistribution } from '@faultline/clock';
import { worldDefaults } from '@faultline/engine';
import type { Citation, Quantity, Timing } from '@faultline/models';
import { type TextStyle, table, wrapped } from '@faultline/report';
import { defaultOrigins } from '@faultline/scenario';
import { originOf, quantityText } from './explanation-text.ts';

/** A number that belongs to no deployment kind, as it would be shown, with what it stands for where a name does not say it. */
interface WorldEntry extends Citation {
  readonly name: string;
  readonly default: string;
  readonly meaning: string | null;
}

/** All numbers of a run that no deployment kind brings, with their sources: what a scenario leaves out, and what is around it. */
export function worldExplanation() {
  return {
    parts: Object.entries(worldDefaults).map(([part, entries]) => ({
      part,
      entries: Object.entries(entries).map(([name, one]): WorldEntry => {
        const { meaning, grade, source, date } = one;
        return { name: name.replace('|', ' to '), default: defaultText(one), meaning, grade, source, date };
      }),
    })),
    scenario: Object.entries(defaultOrigins).map(([name, one]): WorldEntry => ({ name, meaning: null, ...one })),
  };
}

export type WorldExplanation = ReturnType<typeof worldExplanation>;

/** The same for people. */
export function worldText({ parts, scenario }: WorldExplanation, style: TextStyle): string {
  const { palette } = style;
  const columns = [{ title: '' }, { title: 'default', wraps: true }, { title: 'where it comes from', wraps: true }];
  const section = (title: string, entries: readonly WorldEntry[]): readonly string[] => [
    '',
    palette.heading(title),
    ...table(
      columns,
      entries.map((one) => [one.name, one.default, originText(one)]),
      style,
    ),
  ];
  return [
    palette.heading('The world around every deployment'),
    ...wrapped(
      'Numbers that belong to no deployment kind. What a kind brings with it: `faultline explain KIND`.',
      style.width,
    ),
    ...section('What a scenario need not say', scenario),
    ...parts.flatMap(({ part, entries }) => section(part, entries)),
  ].join('\n');
}

function originText(one: WorldEntry): string {
  return one.meaning === null ? originOf(one) : `${one.meaning} (${originOf(one)})`;
}

function defaultText(one: Timing | Quantity): string {
  return 'distribution' in one ? describeDistribution(one.distribution) : quantityText(one.value, one.unit);
}
