import { Composer, type Document, type ParsedNode } from 'yaml';
import type { Report } from './report.ts';
import { checkText } from './text-limits.ts';
import type { Value } from './value.ts';
import { reportSyntax } from './yaml-syntax.ts';
import { readTokens } from './yaml-tokens.ts';
import { readTree } from './yaml-tree.ts';

/**
 * YAML text to values with places, or undefined when something was reported. Bounded in time and memory for
 * any text: size, depth, number of words and growth by aliases all have limits.
 */
export function readYamlDocument(text: string, report: Report): Value | undefined {
  if (!checkText(text, report)) return undefined;
  const tokens = readTokens(text, report);
  if (tokens === undefined) return undefined;
  // Duplicate keys are found in `readTree`; the composer's own search compares every key with every other.
  const composer = new Composer<ParsedNode, true>({ version: '1.2', schema: 'core', uniqueKeys: false });
  const [document] = [...composer.compose([tokens], true, text.length)] as [Document.Parsed];
  reportSyntax(document, text, report);
  if (report.count > 0) return undefined;
  return readTree(document.contents, report);
}
