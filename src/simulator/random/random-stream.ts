import { normalQuantile } from './normal-quantile.ts';

/** Above this mean a count is drawn from the normal approximation. */
const largeMean = 40;

/**
 * A sequence of numbers that looks random and is the same for the same name on every machine.
 * Source: sfc32 of C. Doty-Humphrey (PractRand), seeded from the name by multiplicative hashing.
 */
export class RandomStream {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  /** @param name - what the numbers are for: `7 hrc bias 1 row 12`. */
  constructor(name: string) {
    const [a, b, c] = seeds(name);
    this.#a = a;
    this.#b = b;
    this.#c = c;
    // The first numbers still show the seed.
    for (let round = 0; round < 12; round += 1) this.#next();
  }

  /** More than 0 and less than 1, in steps of 2^-32. */
  uniform(): number {
    return (this.#next() + 0.5) / 2 ** 32;
  }

  /** A whole number from 0 up to but not including `count`. */
  integer(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** Of mean 0 and standard deviation 1. */
  normal(): number {
    return normalQuantile(this.uniform());
  }

  /** A line of values of this mean and standard deviation, in single precision. */
  normals(
    length: number,
    options: { readonly mean: number; readonly deviation: number },
  ): Float32Array {
    const { mean, deviation } = options;
    const values = new Float32Array(length);
    for (let index = 0; index < length; index += 1) {
      values[index] = mean + deviation * this.normal();
    }
    return values;
  }

  /**
   * A Poisson count. Up to a mean of 40 by inversion, exact; above it by the normal distribution with the Cornish-Fisher term of
   * the skewness, whose error in the quantiles is below a tenth of a count.
   */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean > largeMean) {
      const z = this.normal();
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * z + (z * z - 1) / 6));
    }
    let count = 0;
    let probability = Math.exp(-mean);
    let rest = this.uniform() - probability;
    while (rest > 0 && probability > 1e-18) {
      count += 1;
      probability *= mean / count;
      rest -= probability;
    }
    return count;
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

function seeds(name: string): readonly [number, number, number] {
  let [a, b, c] = [0x9e3779b9, 0x243f6a88, 0xb7e15162];
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index);
    a = Math.imul(a ^ code, 0x85ebca6b) ^ (b >>> 15);
    b = Math.imul(b ^ code, 0xc2b2ae35) ^ (c >>> 13);
    c = Math.imul(c ^ code, 0x27d4eb2f) ^ (a >>> 16);
  }
  return [a | 0, b | 0, c | 0];
}
