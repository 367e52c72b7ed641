const SHORT_FORMS = new Set(['az', 'dns', 'rds', 'mrec', 'mrsc']);

/** `rds-multi-az-instance` as people write it: `RDS multi AZ instance`. */
export function readableName(name: string): string {
  const text = name
    .split('-')
    .map((word) => (SHORT_FORMS.has(word) ? word.toUpperCase() : word))
    .join(' ')
    .replace('multi AZ', 'Multi-AZ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
