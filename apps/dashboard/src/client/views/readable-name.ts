const SHORT_FORMS = new Set(['az', 'dns', 'rds', 'mrec', 'mrsc', 'io']);
const NAMES: Readonly<Record<string, string>> = { dynamodb: 'DynamoDB', postgresql: 'PostgreSQL', mysql: 'MySQL' };

/** `rds-multi-az-instance` as people write it: `RDS multi AZ instance`. */
export function readableName(name: string): string {
  const text = name
    .split('-')
    .map((word) => (SHORT_FORMS.has(word) ? word.toUpperCase() : (NAMES[word] ?? word)))
    .join(' ')
    .replace('multi AZ', 'Multi-AZ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
