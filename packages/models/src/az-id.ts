/**
 * How the ids of a Region's AZs begin: `use1` for `us-east-1`, `apne3` for `ap-northeast-3` (AWS documentation,
 * "AWS Availability Zones", list of AZ ids).
 */
export function azIdPrefix(region: string): string {
  return region
    .split('-')
    .map((part, index) => (index === 0 ? part : part.replace(/^(north|south)(east|west)$/, '$1-$2')))
    .map((part, index) => (index === 0 ? part : part.replace(/([a-z])[a-z]*/g, '$1').replace('-', '')))
    .join('');
}
