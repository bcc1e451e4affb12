/** The pixel values between which the picture is stretched: `low` is black. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}
