import { tarballError } from './tarball-error.ts';

/**
 * What a tarball may unpack to. The largest associations (some hundred WFC3 exposures of 34 MB to 170 MB) stay below 64 GiB.
 * Noise keeps raw frames from packing better than about 1:6; tables and empty frames reach 1:100 at most where they make up a
 * whole archive. Up to 256 MiB any ratio passes, because nothing is hurt by it and small simulated frames pack at 1:1000.
 */
export const tarballLimits = {
  members: 10_000,
  bytes: 64 * 1024 ** 3,
  ratio: 100,
  ratioFromBytes: 256 * 1024 ** 2,
} as const;

/** Counts what goes into the unpacking of one tarball and what comes out. */
export class TarballMeter {
  readonly #tarball: string;
  #packed = 0;
  #unpacked = 0;
  #members = 0;

  constructor(tarball: string) {
    this.#tarball = tarball;
  }

  countPacked(bytes: number): void {
    this.#packed += bytes;
  }

  /** @throws CaldpError `TARBALL_INVALID` when a limit is passed. */
  countUnpacked(bytes: number): void {
    this.#unpacked += bytes;
    const { bytes: limit, ratio, ratioFromBytes } = tarballLimits;
    if (this.#unpacked > limit) {
      throw tarballError(
        this.#tarball,
        `unpacks to more than the ${limit} bytes that are allowed.`,
      );
    }
    if (this.#unpacked > ratioFromBytes && this.#unpacked > ratio * this.#packed) {
      throw tarballError(
        this.#tarball,
        `unpacks to more than ${ratio} times its size (${this.#unpacked} bytes out of ${this.#packed}), which no raw data do.`,
      );
    }
  }

  /** @throws CaldpError `TARBALL_INVALID` when there are too many. */
  countMember(): void {
    this.#members += 1;
    if (this.#members > tarballLimits.members) {
      throw tarballError(this.#tarball, `has more than ${tarballLimits.members} members.`);
    }
  }
}
