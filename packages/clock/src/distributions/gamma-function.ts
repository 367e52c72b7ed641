/** Lanczos' approximation with g = 7 and nine terms (P. Godfrey's coefficients), good to about 15 digits. */
const LANCZOS_G = 7;
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const HALF_LOG_TWO_PI = 0.9189385332046727;
const EPSILON = 2 ** -52;
/** Enough for shapes up to 10,000: both expansions need a small multiple of the root of the shape. */
const TERMS_MAX = 5_000;

/** Logarithm of the gamma function for x above 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return logGamma(x + 1) - Math.log(x);
  const base = x - 1;
  const t = base + LANCZOS_G + 0.5;
  let sum = LANCZOS[0] as number;
  for (let index = 1; index < LANCZOS.length; index++) sum += (LANCZOS[index] as number) / (base + index);
  return HALF_LOG_TWO_PI + (base + 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * The incomplete gamma integrals for shape `a` at `x`, as shares of the whole: `lower` (P) from 0 to x and
 * `upper` (Q) from x on. Each is computed where it is small, so neither loses its digits by subtraction.
 */
export function regularizedGamma(a: number, x: number): { readonly lower: number; readonly upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const factor = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    const lower = factor * lowerSeries(a, x);
    return { lower, upper: 1 - lower };
  }
  const upper = factor * upperFraction(a, x);
  return { lower: 1 - upper, upper };
}

/** NIST Digital Library of Mathematical Functions, 8.11.4: sum of x^n / (a (a+1) … (a+n)). */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < TERMS_MAX && term > sum * EPSILON; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** The same, 8.9.2, evaluated from the front by Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < TERMS_MAX; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const change = c * d;
    fraction *= change;
    if (Math.abs(change - 1) <= EPSILON) break;
  }
  return fraction;
}
