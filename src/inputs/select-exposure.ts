import { CaldpError } from '../errors/caldp-error.ts';
import type { IpppssootName } from '../hst/dataset-name.ts';
import { instrumentOf } from '../instruments/instrument-of.ts';
import type { FileSelection, Listing } from './file-selection.ts';
import { ignoredOfVisit } from './ignored-of-visit.ts';
import { inputsOfRoot } from './inputs-of-root.ts';

/**
 * The files of a dataset without an association table: those of its own root name that its instrument starts from.
 * Products of an earlier run that lie beside them are not taken.
 *
 * @throws CaldpError `INPUT_NOT_FOUND` when there is no raw file.
 */
export function selectExposure(dataset: IpppssootName, listing: Listing): FileSelection {
  const { files, hasRaw } = inputsOfRoot(dataset.id, { dataset, listing });
  if (!hasRaw) throw notFound(dataset, listing);
  return { names: files, ignored: ignoredOfVisit(dataset, { listing, taken: files }) };
}

function notFound(dataset: IpppssootName, listing: Listing): CaldpError {
  const { id } = dataset;
  const table = `\`${id}_asn.fits\``;
  const { inputs, raw } = instrumentOf(dataset);
  const raws = inputs
    .map((suffix) => `${id}_${suffix}.fits`)
    .filter((name) => raw?.test(name))
    .map((name) => `\`${name}\``)
    .join(', ');
  const what = id.endsWith('0')
    ? `The association table ${table} is missing in \`${listing.place}\`; a dataset whose name ends in \`0\` is an association, or has one of ${raws}.`
    : `No raw file of \`${id}\` is in \`${listing.place}\`: expected ${table} or one of ${raws}.`;
  return new CaldpError(`${what}${packedHint(id, listing)}`, {
    code: 'INPUT_NOT_FOUND',
    advice:
      'Put the files of the dataset there, or name the folder that holds them with `--input`.',
  });
}

function packedHint(id: string, listing: Listing): string {
  const packed = [...listing.names].filter(
    (name) => name.startsWith(`${id}_`) && name.endsWith('.fits.gz'),
  );
  return packed.length === 0
    ? ''
    : ` There is \`${packed.join('`, `')}\`, but calibration programs read unpacked files only: unpack it with \`gunzip\`.`;
}
