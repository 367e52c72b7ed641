/** A fenced block of a Markdown file. */
export interface Block {
  /** All that follows the fence: `sh`, `console`, `yaml scenario` and so on. */
  readonly info: string;
  /** Line of the file in which the text begins; the first is 1. */
  readonly line: number;
  readonly text: string;
}

/** A command of a block, as a reader would type it. */
export interface Command {
  /** The line in which it ends. */
  readonly line: number;
  readonly text: string;
  /** 0, unless the line before says `# exits 1`. */
  readonly exitCode: number;
}

export function parseBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: { fence: string; info: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const [, fence = '', info = ''] = /^\s*(`{3,}|~{3,})\s*(.*)$/.exec(line) ?? [];
    if (open === undefined) {
      if (fence !== '') open = { fence, info: info.trim(), line: index + 2, lines: [] };
    } else if (fence.startsWith(open.fence) && info === '') {
      blocks.push({ info: open.info, line: open.line, text: open.lines.join('\n') });
      open = undefined;
    } else {
      open.lines.push(line);
    }
  }
  if (open !== undefined) throw new Error(`the fence before line ${open.line} is never closed`);
  return blocks;
}

export const isShell = (block: Block): boolean => /^(?:sh|bash|shell|console)\b/.test(block.info);

/**
 * The commands of a `sh` or `console` block. Lines that begin with `$ ` are commands, and what follows is their output;
 * a `sh` block without any is commands throughout. A backslash at its end continues a line.
 */
export function parseCommands(block: Block): Command[] {
  const lines = block.text.split('\n');
  const isPrompted = block.info.startsWith('console') || lines.some((line) => line.startsWith('$ '));
  const commands: Command[] = [];
  let exitCode = 0;
  let begun = '';
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const expected = /^# exits (\d+)\b/.exec(line);
    if (expected) exitCode = Number(expected[1]);
    const isCommand = begun !== '' || (isPrompted ? line.startsWith('$ ') : /^[^#]/.test(line));
    if (!isCommand) continue;
    begun += ` ${line.replace(/^\$ /, '').replace(/\\$/, '').trim()}`;
    if (line.endsWith('\\')) continue;
    commands.push({ line: block.line + index, text: begun.trim(), exitCode });
    begun = '';
    exitCode = 0;
  }
  return commands;
}
