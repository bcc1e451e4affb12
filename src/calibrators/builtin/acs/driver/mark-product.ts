import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFits } from '../../../../fits/fits-file.ts';
import { headerBytes } from '../../../../fits/header-bytes.ts';
import { openTable } from '../../../../fits/table-reader.ts';
import { rewrittenHeader } from '../header/rewritten-header.ts';
import { setLogical } from '../header/set-card.ts';
import type { AcsRun } from './context.ts';

/** Notes in an association table that a product was made: MEMPRSNT of its row and ASN_PROD. The table is replaced as a whole. */
export function markProduct(
  run: AcsRun,
  options: { readonly file: string; readonly row: number },
): void {
  const { file, row } = options;
  const path = join(run.folder, file);
  run.trailer.message(`Trying to open ${file}...`);
  const { headerEnd, cell, original } = withFits(path, (fits) => {
    const hdu = fits.hdus.find(({ kind }) => kind === 'binary-table');
    if (hdu === undefined) throw new TypeError(`Expected a table in ${file}.`);
    const rowBytes = hdu.shape.axes[0] ?? 0;
    const { offset } = openTable(fits, hdu).column('MEMPRSNT');
    return {
      headerEnd: fits.primary.dataOffset,
      cell: hdu.dataOffset + row * rowBytes + offset,
      original: fits.primary.header.cards,
    };
  });
  const bytes = readFileSync(path);
  bytes.write('T', cell, 'latin1');
  const cards = rewrittenHeader(original, (kept) => {
    setLogical(kept, 'ASN_PROD', true);
  });
  const temporary = join(run.scratch, file);
  writeFileSync(temporary, Buffer.concat([headerBytes(cards), bytes.subarray(headerEnd)]));
  renameSync(temporary, path);
  run.trailer.message(`Updated Global Header for ${file}...`);
}
