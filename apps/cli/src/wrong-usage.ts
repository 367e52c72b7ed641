import { nearest } from '@faultline/scenario';
import type { Command, CommanderError } from 'commander';
import { CommandError, EXIT } from './exit-codes.ts';

/** What commander puts between quotes, in order: names of options and arguments, and values. */
const quoted = (text: string): readonly string[] => [...text.matchAll(/'([^']*)'/g)].map(([, inner]) => inner ?? '');

/** The name of an option without its value: `--seed` of `-s, --seed <seed>`. */
const longName = (flags: string): string => /--[a-z-]+/.exec(flags)?.[0] ?? flags;

const hint = (text: string, known: readonly string[]): string => {
  const near = nearest(text, known);
  return near === undefined ? '' : `; did you mean ${near}?`;
};

type Wording = (error: CommanderError, command: Command, path: string) => string;

/** How each complaint of commander reads in the words of this command: where, what was found, what was expected, how to write it. */
const WORDINGS: Readonly<Record<string, Wording>> = {
  'commander.missingArgument': ({ message }, command, path) => {
    const [name = ''] = quoted(message);
    const meaning = command.registeredArguments.find((argument) => argument.name() === name)?.description;
    return `${path}: found no <${name}>, expected ${meaning || `a ${name}`}: ${path} ${command.usage()}`;
  },
  'commander.excessArguments': ({ message }, command, path) => {
    const [, expected = '0', found = 'more'] = /Expected (\d+) arguments? but got (\d+)/.exec(message) ?? [];
    return `${path}: found ${found} ${found === '1' ? 'argument' : 'arguments'}, expected ${expected === '0' ? 'none' : `at most ${expected}`}: ${path} ${command.usage()}`;
  },
  'commander.unknownOption': ({ message }, command, path) => {
    const [found = ''] = quoted(message);
    const known = [...command.options.map(({ flags }) => longName(flags)), '--help'];
    return `${path}: found the unknown option ${found}, expected one of ${known.join(', ')}${hint(found, known)}`;
  },
  'commander.unknownCommand': ({ message }, command, path) => {
    const [found = ''] = quoted(message);
    const known = command.commands.map((one) => one.name());
    return `${path}: found the unknown command ${found}, expected one of ${known.join(', ')}${hint(found, known)}`;
  },
  'commander.optionMissingArgument': ({ message }, command) => {
    const [flags = ''] = quoted(message);
    const option = command.options.find((one) => one.flags === flags);
    const value = /<[^>]*>/.exec(flags)?.[0] ?? 'a value';
    return `${longName(flags)}: found no value, expected ${option?.description ?? value}, for example ${longName(flags)} ${option?.defaultValue ?? value}`;
  },
  'commander.missingMandatoryOptionValue': ({ message }, command, path) => {
    const [flags = ''] = quoted(message);
    const meaning = command.options.find((one) => one.flags === flags)?.description.replace(/; see below$/, '');
    const written = `${longName(flags)} ${/<[^>]*>/.exec(flags)?.[0] ?? ''}`.trimEnd();
    return `${path}: found no ${longName(flags)}, expected ${meaning || flags}: ${path} ${written}`;
  },
  'commander.invalidArgument': ({ message }, command) => {
    const [flags = '', found = ''] = quoted(message);
    const choices = command.options.find((one) => one.flags === flags)?.argChoices ?? [];
    return `${longName(flags)}: found ${JSON.stringify(found)}, expected one of ${choices.join(', ')}${hint(found, choices)}`;
  },
  'commander.conflictingOption': ({ message }) => {
    const [one = '', other = ''] = quoted(message).map(longName);
    return `${one}: found beside ${other}, expected only one of the two`;
  },
};

/** A complaint of commander about what was typed, as this command words its own; the exit code says wrong usage. */
export function wrongUsage(error: CommanderError, command: Command): CommandError {
  const path = command.parent === null ? command.name() : `${command.parent.name()} ${command.name()}`;
  const wording = WORDINGS[error.code];
  const text = wording ? wording(error, command, path) : `${path}: ${error.message.replace(/^error: /, '')}`;
  return new CommandError(`${text}\n(${path} --help tells more)`, EXIT.usage);
}
