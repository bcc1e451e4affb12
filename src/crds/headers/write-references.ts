import { setKeyword } from '../../fits/header-edit.ts';
import { updateHeader, type HeaderUpdateResult } from '../../fits/update-header.ts';

/** What is written into an exposure before it is calibrated. */
export interface ReferenceKeywords {
  /** File name of the context: CRDS_CTX. */
  readonly context: string;
  /** Which program chose: CRDS_VER, at most 67 characters. */
  readonly version: string;
  /** Keywords of reference types with their values, in the order in which new ones are to stand. */
  readonly references: readonly { readonly keyword: string; readonly value: string }[];
  /** Other keywords that are set in the same go, after these: version keywords, RANDSEED. */
  readonly others?: readonly { readonly keyword: string; readonly value: string | number }[];
}

/**
 * Writes reference keywords into the primary header of an exposure, byte for byte as the Python client does
 * (`crds/bestrefs/headers.py:update_file_bestrefs`); data and other headers stay as they are. A CHECKSUM that the header has is
 * made right again unless `checksums` is `keep`, as in Python.
 *
 * @throws FitsError for a file that is not whole, the system's own errors.
 */
export async function writeReferences(
  path: string,
  keywords: ReferenceKeywords,
  options: { readonly checksums?: 'renew' | 'keep' } = {},
): Promise<HeaderUpdateResult> {
  const { checksums = 'renew' } = options;
  return updateHeader(path, {
    checksums,
    edit: (header) => {
      setKeyword(header, 'CRDS_CTX', { value: keywords.context });
      setKeyword(header, 'CRDS_VER', { value: keywords.version });
      for (const { keyword, value } of [...keywords.references, ...(keywords.others ?? [])]) {
        setKeyword(header, keyword, { value });
      }
    },
  });
}
