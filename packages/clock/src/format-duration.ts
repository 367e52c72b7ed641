import { DURATION_UNITS, DurationError, HOUR_US, MILLISECOND_US, MINUTE_US, SECOND_US, type Us } from './durations.ts';

/** The exact text of a duration, the shortest that `parseDuration` reads back: `1h30m`, `1.25s`, `250us`. */
export function exactDuration(us: Us): string {
  if (!Number.isSafeInteger(us) || us < 0) {
    throw new DurationError(`a duration must be whole microseconds from 0 on, found ${us}`);
  }
  if (us < MILLISECOND_US) return us === 0 ? '0s' : `${us}us`;
  if (us < SECOND_US) return `${us / MILLISECOND_US}ms`;
  const parts: string[] = [];
  let restUs = us;
  for (const [unit, unitUs] of DURATION_UNITS) {
    if (unitUs < MINUTE_US) break;
    const whole = Math.floor(restUs / unitUs);
    if (whole > 0) parts.push(`${whole}${unit}`);
    restUs -= whole * unitUs;
  }
  // Fixed decimals, then without trailing zeros: a rest of a few microseconds would print with an exponent.
  if (restUs > 0) parts.push(`${(restUs / SECOND_US).toFixed(6).replace(/\.?0+$/, '')}s`);
  return parts.join('');
}

/**
 * A duration for people, short and without locale: three significant digits below a minute (`250µs`, `20ms`,
 * `1.25s`, `12.3s`), then two neighbouring units (`2m05s`, `1h30m`, `3d04h`). Rounded, so not for reading back.
 *
 * @throws DurationError on NaN and infinity.
 */
export function formatDuration(us: Us): string {
  if (!Number.isFinite(us)) throw new DurationError(`a duration must be a finite number of microseconds, found ${us}`);
  if (us < 0) return `-${formatDuration(-us)}`;
  if (us === 0) return '0s';
  const small =
    threeDigits(us, 1, 'µs', MILLISECOND_US) ??
    threeDigits(us, MILLISECOND_US, 'ms', SECOND_US) ??
    threeDigits(us, SECOND_US, 's', MINUTE_US);
  if (small !== null) return small;
  const seconds = Math.round(us / SECOND_US);
  if (seconds < 3_600) return twoUnits(seconds, 60, 'm', 's');
  const minutes = Math.round(us / MINUTE_US);
  if (minutes < 1_440) return twoUnits(minutes, 60, 'h', 'm');
  return twoUnits(Math.round(us / HOUR_US), 24, 'd', 'h');
}

/** `null` when the rounded figure reaches the next unit: 59.96 s is a minute and not "60s". */
function threeDigits(us: Us, unitUs: Us, unit: string, nextUs: Us): string | null {
  const rounded = Number((us / unitUs).toPrecision(3));
  return rounded * unitUs < nextUs ? `${Number(rounded.toFixed(3))}${unit}` : null;
}

function twoUnits(count: number, perLarge: number, large: string, small: string): string {
  const rest = count % perLarge;
  const whole = (count - rest) / perLarge;
  return rest === 0 ? `${whole}${large}` : `${whole}${large}${String(rest).padStart(2, '0')}${small}`;
}
