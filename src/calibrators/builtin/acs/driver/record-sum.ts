import { readDouble } from '../header/read-keyword.ts';
import { addHistory, setDouble, setInteger, setString } from '../header/set-card.ts';
import type { AcsRun } from './context.ts';
import type { ExposureFile } from './exposure-file.ts';
import { setProgram } from './program-cards.ts';
import type { WorkingExposure } from './working-exposure.ts';

/** Writes into the headers of added exposures what they are the sum of. */
export function recordSum(
  run: AcsRun,
  options: {
    readonly files: readonly ExposureFile[];
    readonly sum: WorkingExposure;
    readonly output: string;
    readonly memberType: string;
    readonly root: string;
  },
): void {
  const { files, sum, output, memberType, root } = options;
  const cards = sum.primary;
  const times = files.map(({ primary, name }) =>
    readDouble({ cards: primary, place: `\`${name}\`` }, 'EXPTIME'),
  );
  const last = files.at(-1);
  setString(cards, 'RPTCORR', 'COMPLETE', 'add individual repeat observations');
  addHistory(cards, 'RPTCORR complete');
  addHistory(cards, 'Statistics computed after rptcorr.');
  setInteger(cards, 'NEXTEND', sum.imsets.length * 3, 'number of extensions');
  setInteger(cards, 'NCOMBINE', files.length, 'number of imsets combined');
  setDouble(
    cards,
    'EXPTIME',
    times.reduce((total, time) => total + time),
    'exposure time',
  );
  if (last !== undefined) {
    const header = { cards: last.primary, place: `\`${last.name}\`` };
    setDouble(cards, 'EXPEND', readDouble(header, 'EXPEND'), 'exposure end time');
  }
  setProgram(cards, { program: run.program, filename: output });
  if (memberType !== '')
    setString(cards, 'ASN_MTYP', memberType, 'Role of the Exposure in the Association');
  for (const { headers } of sum.imsets)
    for (const extension of [headers.sci, headers.err, headers.dq])
      setString(extension, 'EXPNAME', root, '9 character exposure identifier');
  setString(cards, 'ROOTNAME', root.toUpperCase(), 'Rootname of the observation set');
}
