/** Counts of values in bins of equal width; values beyond the ends fall into the first or last bin. */
export class Histogram {
  readonly #counts: Float64Array;
  readonly #low: number;
  readonly #width: number;
  #total = 0;

  constructor(options: { readonly low: number; readonly high: number; readonly bins: number }) {
    const { low, high, bins } = options;
    this.#counts = new Float64Array(bins);
    this.#low = low;
    this.#width = (high - low) / bins;
  }

  add(value: number): void {
    const bin = Math.floor((value - this.#low) / this.#width);
    const index = Math.min(Math.max(bin, 0), this.#counts.length - 1);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#total += 1;
  }

  get total(): number {
    return this.#total;
  }

  /** The value below which a fraction of all lies, to within a bin; NaN where there is none. */
  quantile(fraction: number): number {
    const wanted = fraction * this.#total;
    let below = 0;
    for (const [bin, count] of this.#counts.entries()) {
      if (count > 0 && below + count >= wanted) {
        return this.#low + this.#width * (bin + (wanted - below) / count);
      }
      below += count;
    }
    return NaN;
  }
}
