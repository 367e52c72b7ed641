/** Freezes plain data without cycles through and through; returns the same object. */
export function deepFreeze<T>(data: T): T {
  if (typeof data !== 'object' || data === null) return data;
  for (const part of Object.values(data)) deepFreeze(part);
  return Object.freeze(data);
}
