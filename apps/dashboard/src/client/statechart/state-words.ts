/** `movingEndpoint` as people write it. */
export function stateWords(key: string): string {
  return key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
