import { isShiftable, isShifted, servicingMission4 } from './blev-plan.ts';
import type { CcdWork } from './ccd-work.ts';
import type { Trailer } from './trailer.ts';

/** Only exposures after Servicing Mission 4 are told why they get the older algorithm. */
export function printUnsupported(trailer: Trailer, work: CcdWork): void {
  if (work.exposure.expStart < servicingMission4) return;
  const overscans = work.imsets.map(({ overscan }) => overscan);
  if (isShiftable(work.exposure, overscans) && !isShifted(work.exposure)) printSupported(trailer);
  trailer.message(
    'WFC readout is not a supported subarray or type/gain not set as needed for new bias level algorithm for subarray data.',
  );
  trailer.message('Data to be processed with original bias level algorithm.');
}

/** That the newer algorithm is used. */
export function printSupported(trailer: Trailer): void {
  trailer.message('This subarray data is supported for the bias shift correction.');
}
