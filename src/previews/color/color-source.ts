/** What the headers of a drizzled product say about its place in a colour composite. */
export interface ColorSource {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  /** In ångström; undefined where neither PHOTPLAM nor the filters tell. */
  readonly wavelength: number | undefined;
  /** FILTER, or FILTER1 and FILTER2, as in the header; for messages. */
  readonly filters: string;
  /** In seconds, 0 where it is not known. */
  readonly exposureTime: number;
}
