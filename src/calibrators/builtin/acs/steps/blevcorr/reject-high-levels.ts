import { CaldpError } from '../../../../../errors/caldp-error.ts';

const clip = 3;

/**
 * Masks overscan levels that a cosmic ray or a bleeding star has raised: first above three standard deviations (at most the Poisson
 * noise of the mean), then above three times the read noise. calacs compares with the whole part of the limit, and counts a level
 * once for each limit it exceeds; masked lines take part with level 0. All reproduced.
 *
 * @returns How many times a level was rejected; undefined where no line has a level.
 * @throws CaldpError `ACS_OVERSCAN_TOO_SHORT` where a single line has a level: its deviation is 0/0 and calacs' result undefined.
 */
export function rejectHighLevels(
  levels: Float64Array,
  options: { readonly mask: Uint8Array; readonly readNoise: number },
): number | undefined {
  const { mask } = options;
  const first = maskedMean(levels, mask);
  if (first.count === 0) return undefined;
  if (first.count === 1) throw tooShort();
  let squares = 0;
  for (const [j, level] of levels.entries())
    if (mask[j] === 1) squares += (level - first.mean) * (level - first.mean);
  let deviation = Math.sqrt(squares / (first.count - 1));
  if (deviation > Math.sqrt(first.mean)) deviation = Math.sqrt(first.mean);
  const rejectedFirst = maskAbove(levels, { mask, limit: clip * deviation + first.mean });
  const second = maskedMean(levels, mask);
  const limit = Math.fround(clip * options.readNoise) + second.mean;
  return rejectedFirst + maskAbove(levels, { mask, limit });
}

function maskedMean(
  levels: Float64Array,
  mask: Uint8Array,
): { readonly count: number; readonly mean: number } {
  let sum = 0;
  let count = 0;
  for (const [j, level] of levels.entries())
    if (mask[j] === 1) {
      sum += level;
      count += 1;
    }
  return { count, mean: sum / count };
}

function maskAbove(
  levels: Float64Array,
  options: { readonly mask: Uint8Array; readonly limit: number },
): number {
  const limit = Math.abs(Math.trunc(options.limit));
  let rejected = 0;
  for (const [j, level] of levels.entries())
    if (level > limit) {
      options.mask[j] = 0;
      rejected += 1;
    }
  return rejected;
}

function tooShort(): CaldpError {
  return new CaldpError(
    'Only one line of the frame has usable overscan pixels; a bias level cannot be fitted.',
    {
      code: 'ACS_OVERSCAN_TOO_SHORT',
      advice: 'Check the OSCNTAB and BPIXTAB references against the size of this exposure.',
      exit: 'STAGE1_ERROR',
    },
  );
}
