import type { ExposureKeywords } from './exposure-keywords.ts';
import type { Trailer } from './trailer.ts';

/** The trailer lines about the file that a module opens. */
export function printOpening(
  trailer: Trailer,
  options: {
    readonly input: string;
    readonly output: string;
    readonly exposure: ExposureKeywords;
  },
): void {
  trailer.message(`Input    ${options.input}`);
  trailer.message(`Output   ${options.output}`);
  printOpened(trailer, options.input);
  printConfiguration(trailer, options.exposure);
}

/** That a file was opened and its header read. */
export function printOpened(trailer: Trailer, name: string): void {
  trailer.message(`Trying to open ${name}...`);
  trailer.message(`Read in Primary header from ${name}...`);
}

/** The configuration of the instrument. */
export function printConfiguration(trailer: Trailer, exposure: ExposureKeywords): void {
  trailer.message(`APERTURE ${exposure.aperture}`);
  trailer.message(`FILTER1 ${exposure.filters[0]}`);
  trailer.message(`FILTER2 ${exposure.filters[1]}`);
  trailer.message(`DETECTOR ${exposure.detector}`);
}
