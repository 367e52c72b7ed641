/** For each end the calls that began before it and end no earlier. */
export function openCalls(
  calls: readonly number[],
  ends: readonly number[],
  at: (call: number) => { readonly invokedAt: number; readonly completedAt: number },
): readonly (readonly number[])[] {
  let open: readonly number[] = [];
  let begun = 0;
  return ends.map((end) => {
    const begins: number[] = [];
    for (; begun < calls.length && at(calls[begun] as number).invokedAt < end; begun++)
      begins.push(calls[begun] as number);
    open = [...open, ...begins].filter((call) => at(call).completedAt >= end);
    return open;
  });
}
