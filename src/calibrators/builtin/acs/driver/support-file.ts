import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CaldpError } from '../../../../errors/caldp-error.ts';
import { findHdu, type FitsFile, withFits } from '../../../../fits/fits-file.ts';
import { wholeBlocks } from '../../../../fits/block.ts';
import { headerBytes } from '../../../../fits/header-bytes.ts';
import type { Hdu } from '../../../../fits/hdu.ts';
import { readInteger } from '../header/read-keyword.ts';
import { keptCards } from '../header/reserved-cards.ts';
import { setInteger, setString } from '../header/set-card.ts';
import type { AcsRun } from './context.ts';
import { printOpened } from './print-opening.ts';
import { arrayHeader, primaryHeader } from './standard-cards.ts';

/**
 * Writes the support file (`_spt`) of a combined product from those of its exposures: the first one's primary header, and the arrays of
 * all. Without support files, which is usual where only raw exposures were fetched, there is a warning for each.
 *
 * @param options.memberType - role of the product in the association: calacs writes it in small letters here but for a dither product
 * @throws CaldpError `ACS_INPUT_MISSING` where only the first one is missing, which stops calacs too.
 */
export function writeSupport(
  run: AcsRun,
  options: {
    readonly inputs: readonly string[];
    readonly output: string;
    readonly memberType: string;
  },
): void {
  const { inputs, output } = options;
  if (existsSync(join(run.folder, output))) return;
  const parts: Buffer[] = [];
  let version = 0;
  for (const [index, input] of inputs.entries()) {
    if (!existsSync(join(run.folder, input))) {
      run.trailer.warning(`Can't find input file "${input}"`);
      continue;
    }
    if (index > 0 && parts.length === 0) throw firstMissing(options);
    printOpened(run.trailer, input);
    if (index === 0) parts.push(primaryOf(run, options));
    for (const part of arraysOf(run, input)) {
      version += 1;
      parts.push(part(version));
    }
    if (index === 0) {
      run.trailer.message(`Created output SPT rootname ${output}...`);
      run.trailer.message(`Updated output SPT file to reflect ${inputs.length} extensions...`);
    }
  }
  if (parts.length === 0) return;
  const temporary = join(run.scratch, output);
  writeFileSync(temporary, Buffer.concat(parts));
  renameSync(temporary, join(run.folder, output));
}

function firstMissing({
  inputs,
  output,
}: {
  readonly inputs: readonly string[];
  readonly output: string;
}): CaldpError {
  return new CaldpError(
    `The support file \`${inputs[0] ?? ''}\` is not in the work folder, but that of another exposure is; \`${output}\` is to begin with it.`,
    {
      code: 'ACS_INPUT_MISSING',
      advice: 'Fetch it, or take the support files of the other exposures away.',
      exit: 'STAGE1_ERROR',
    },
  );
}

function primaryOf(
  run: AcsRun,
  options: {
    readonly inputs: readonly string[];
    readonly output: string;
    readonly memberType: string;
  },
): Buffer {
  const { inputs, output, memberType } = options;
  const cards = withFits(join(run.folder, inputs[0] ?? ''), (file) =>
    keptCards(file.primary.header.cards),
  );
  // calacs leaves a blank after the root name.
  const root = `${output.replace('_spt.fits', '').toUpperCase()} `;
  setString(cards, 'FILENAME', output);
  setString(cards, 'ASN_MTYP', memberType, 'Role of the Exposure in the Association');
  setString(cards, 'ROOTNAME', root);
  setString(cards, 'OBSERVTN', root.slice(6, 9));
  setInteger(cards, 'NEXTEND', inputs.length);
  return headerBytes(primaryHeader(cards, { date: run.clock.now(), program: run.program.name }));
}

function arraysOf(run: AcsRun, input: string): readonly ((version: number) => Buffer)[] {
  const path = join(run.folder, input);
  return withFits(path, (file) => {
    const header = { cards: file.primary.header.cards, place: `\`${input}\`` };
    const count = readInteger(header, 'NEXTEND', 1);
    return Array.from({ length: count }, (_, index) => {
      const hdu = findHdu(file, { name: 'UDL', version: index + 1 });
      if (hdu === undefined)
        throw new RangeError(`Expected an extension UDL ${index + 1} in ${input}.`);
      const data = dataOf(file, hdu);
      const cards = keptCards(hdu.header.cards);
      const { axes } = hdu.shape;
      return (version: number) => {
        const options = {
          name: 'UDL',
          version,
          bitpix: 16,
          axes,
          date: run.clock.now(),
          program: run.program.name,
        };
        return Buffer.concat([headerBytes(arrayHeader(cards, options)), data]);
      };
    });
  });
}

function dataOf(file: FitsFile, hdu: Hdu): Buffer {
  const data = Buffer.alloc(wholeBlocks(hdu.shape.bytes));
  file.source.read(data.subarray(0, hdu.shape.bytes), { position: hdu.dataOffset });
  return data;
}
