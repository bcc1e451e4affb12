/** A picture of 8-bit samples, rows from the top down, channels interleaved. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** One is grey, three red, green and blue. */
  readonly channels: 1 | 3;
  readonly bytes: Uint8Array;
}
