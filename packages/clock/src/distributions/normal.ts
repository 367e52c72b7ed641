import { regularizedGamma } from './gamma-function.ts';

/**
 * A polynomial of degree 7 in Horner's form. The coefficients are arguments and not an array, because they
 * then become constants in the compiled formula: that is twice as fast, and nothing is drawn more often.
 */
function polynomial(
  x: number,
  c7: number,
  c6: number,
  c5: number,
  c4: number,
  c3: number,
  c2: number,
  c1: number,
  c0: number,
): number {
  return ((((((c7 * x + c6) * x + c5) * x + c4) * x + c3) * x + c2) * x + c1) * x + c0;
}

/** For |p - 1/2| up to 0.425, of `0.425² - (p - 1/2)²`. */
function centre(x: number): number {
  const numerator = polynomial(
    x,
    2509.0809287301227,
    33430.57558358813,
    67265.7709270087,
    45921.95393154987,
    13731.69376550946,
    1971.5909503065513,
    133.14166789178438,
    3.3871328727963665,
  );
  const denominator = polynomial(
    x,
    5226.495278852854,
    28729.085735721943,
    39307.89580009271,
    21213.794301586597,
    5394.196021424751,
    687.1870074920579,
    42.31333070160091,
    1,
  );
  return numerator / denominator;
}

/** For the sides, down to a probability of about 1.4e-11, of `sqrt(-log p) - 1.6`. */
function side(x: number): number {
  const numerator = polynomial(
    x,
    0.0007745450142783414,
    0.022723844989269184,
    0.2417807251774506,
    1.2704582524523684,
    3.6478483247632045,
    5.769497221460691,
    4.630337846156546,
    1.4234371107496835,
  );
  const denominator = polynomial(
    x,
    1.0507500716444169e-9,
    0.0005475938084995345,
    0.015198666563616457,
    0.14810397642748008,
    0.6897673349851,
    1.6763848301838038,
    2.053191626637759,
    1,
  );
  return numerator / denominator;
}

/** For what is beyond, of `sqrt(-log p) - 5`. */
function tailEnd(x: number): number {
  const numerator = polynomial(
    x,
    2.0103343992922881e-7,
    2.7115555687434876e-5,
    0.0012426609473880784,
    0.026532189526576124,
    0.29656057182850487,
    1.7848265399172913,
    5.463784911164114,
    6.657904643501103,
  );
  const denominator = polynomial(
    x,
    2.0442631032399397e-15,
    1.421511758316446e-7,
    1.8463183175100548e-5,
    0.0007868691311456133,
    0.014875361290850615,
    0.1369298809227358,
    0.599832206555888,
    1,
  );
  return numerator / denominator;
}

/**
 * Quantile of the standard normal distribution, to about 16 digits.
 *
 * Algorithm AS 241 (PPND16): M. J. Wichura, "The percentage points of the normal distribution", Applied
 * Statistics 37 (1988), 477-484. One uniform number gives one normal number, in the same order, which neither
 * rejection methods nor Box-Muller do.
 */
export function normalQuantile(p: number): number {
  const centred = p - 0.5;
  if (Math.abs(centred) <= 0.425) return centred * centre(0.180625 - centred * centred);
  const tail = centred < 0 ? p : 1 - p;
  if (tail <= 0) return centred < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const distance = Math.sqrt(-Math.log(tail));
  const size = distance <= 5 ? side(distance - 1.6) : tailEnd(distance - 5);
  return centred < 0 ? -size : size;
}

/** Probability that a standard normal number is at most `z`. */
export function normalCdf(z: number): number {
  const { lower, upper } = regularizedGamma(0.5, (z * z) / 2);
  return z < 0 ? upper / 2 : (1 + lower) / 2;
}
