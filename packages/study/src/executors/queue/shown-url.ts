/** The URL of a queue as it may be printed: logs are read by more people than may know its password. */
export function shownUrl(url: string): string {
  return url.replace(/^(\w+:\/\/[^:@/]*|[^:@/]*):(?!\/\/).*@/, '$1:***@').replace(/([?&]password=)[^&]*/gi, '$1***');
}
