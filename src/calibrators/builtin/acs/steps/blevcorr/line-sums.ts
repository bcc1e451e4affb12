/** The sums of an unweighted straight-line fit, in the order in which calacs adds them. */
export class LineSums {
  #count = 0;
  #x = 0;
  #y = 0;
  #xy = 0;
  #xx = 0;

  add(x: number, y: number): void {
    this.#count += 1;
    this.#x += x;
    this.#y += y;
    this.#xy += x * y;
    this.#xx += x * x;
  }

  get count(): number {
    return this.#count;
  }

  /** Zero where the fit is singular. */
  get determinant(): number {
    return this.#xx - (this.#x * this.#x) / this.#count;
  }

  get meanX(): number {
    return this.#x / this.#count;
  }

  get meanY(): number {
    return this.#y / this.#count;
  }

  get slope(): number {
    return (this.#xy - this.meanX * this.meanY * this.#count) / this.determinant;
  }
}
