/** What identifies the bytes of a file. */
export interface FileDigest {
  /** File name without a folder. */
  readonly name: string;
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}
