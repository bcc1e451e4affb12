/**
 * How images are drawn: `fitscut` gives the pixels that fitscut gives with the options of CALDP; `standard` has the same stretch,
 * names and sizes without its weak points.
 */
export type PreviewStyle = 'standard' | 'fitscut';
