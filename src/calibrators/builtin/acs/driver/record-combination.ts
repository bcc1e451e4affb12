import type { RejectResult } from '../chips/reject-cosmic-rays.ts';
import { type Cards, findCard } from '../header/cards.ts';
import { readFloat } from '../header/read-keyword.ts';
import {
  addHistory,
  setDouble,
  setFloat,
  setInteger,
  setLogical,
  setString,
} from '../header/set-card.ts';
import type { RejectWork } from './reject-work.ts';
import type { AcsRun } from './context.ts';
import { recordReference } from './history.ts';
import { setProgram } from './program-cards.ts';
import { readSwitches } from './switches.ts';
import { settleHeaders, type WorkingExposure } from './working-exposure.ts';

const { fround } = Math;

/** The combined exposure and its role in the association. */
export interface RecordedCombination {
  readonly exposure: WorkingExposure;
  /** MEMTYPE, upper case. */
  readonly memberType: string;
}

/** Makes the headers of a combined exposure from those of the first one that has exposure time. */
export function recordCombination(
  run: AcsRun,
  options: { readonly work: RejectWork; readonly results: readonly RejectResult[] },
): RecordedCombination {
  const { work, results } = options;
  const { working, times, output } = work;
  const template = working[times.seconds.findIndex((time) => time > 0)] ?? work.first;
  const primary = [...template.primary];
  const [first] = results;
  if (first === undefined) throw new RangeError('Expected the result of at least one imset.');
  recordTimes(primary, { work, result: first });
  recordShading(primary, work);
  recordParameters(primary, work);
  setProgram(primary, { program: run.program, filename: output });
  const memberType = memberTypeOf(work);
  if (memberType !== '')
    setString(primary, 'ASN_MTYP', memberType, 'Role of the Exposure in the Association');
  const root = output.replace('_crj_tmp.fits', '');
  const imsets = template.imsets.map((imset, index) => {
    const headers = {
      sci: [...imset.headers.sci],
      err: [...imset.headers.err],
      dq: [...imset.headers.dq],
    };
    setInteger(headers.sci, 'NCOMBINE', working.length);
    for (const cards of [headers.sci, headers.err, headers.dq])
      setString(cards, 'EXPNAME', root, '9 character exposure identifier');
    const constants = results[index]?.constants ?? {};
    settleHeaders(headers, { constants, nx: imset.nx, ny: imset.ny });
    return { headers, nx: imset.nx, ny: imset.ny, source: { kind: 'memory' } as const, constants };
  });
  setString(primary, 'ROOTNAME', root.toUpperCase(), 'Rootname of the observation set');
  return { exposure: { name: output, frames: output, primary, imsets }, memberType };
}

/** Of the dither product where its name begins as the association's does, else of the combined product. */
function memberTypeOf({ association, product, output }: RejectWork): string {
  const isSameRoot = association.file.slice(0, 9) === output.slice(0, 9);
  const type = isSameRoot ? (association.dither?.type ?? '') : product.type;
  return type.toUpperCase();
}

function recordTimes(
  cards: Cards,
  options: { readonly work: RejectWork; readonly result: RejectResult },
): void {
  const { work, result } = options;
  const { times } = work;
  setFloat(cards, 'TEXPTIME', times.summed);
  setFloat(cards, 'EXPTIME', times.summed);
  setDouble(cards, 'EXPSTART', times.start, 'computed exposure start time (Modified Julian Date)');
  setDouble(cards, 'EXPEND', times.end, 'computed exposure end time (Modified Julian Date)');
  setFloat(cards, 'SKYSUM', result.totalSky, 'Total sky level (electrons)');
  setFloat(cards, 'REJ_RATE', result.rejected / times.total, 'Cosmic ray impact rate (pixels/sec)');
  let flash = 0;
  let dark = 0;
  for (const { primary, name } of work.working) {
    const header = { cards: primary, place: `\`${name}\`` };
    if (readSwitches(primary, { name }).FLSHCORR === 'PERFORM')
      flash = fround(flash + readFloat(header, 'FLASHDUR', 0));
    dark = fround(dark + readFloat(header, 'DARKTIME', 0));
  }
  setWithComment(cards, {
    keyword: 'FLASHDUR',
    value: flash,
    comment: 'Cumulative exposure time in seconds',
  });
  setWithComment(cards, {
    keyword: 'DARKTIME',
    value: dark,
    comment: 'Cumulative dark time in seconds',
  });
}

/** Sets a number and, unlike the ordinary setter, replaces the comment of an existing card. */
function setWithComment(
  cards: Cards,
  options: { readonly keyword: string; readonly value: number; readonly comment: string },
): void {
  const { keyword, value, comment } = options;
  setFloat(cards, keyword, value, comment);
  const position = findCard(cards, keyword);
  cards[position] = `${cards[position]?.slice(0, 30) ?? ''} / ${comment}`.padEnd(80).slice(0, 80);
}

function recordShading(cards: Cards, { shading }: RejectWork): void {
  if (shading === undefined) return;
  setString(cards, 'SHADCORR', 'COMPLETE');
  addHistory(cards, 'SHADCORR complete ...');
  recordReference(cards, { file: shading });
}

function recordParameters(cards: Cards, { rejection, first, meanExposure }: RejectWork): void {
  const { texts } = rejection;
  setString(cards, 'INITGUES', texts.initialGuess);
  setString(cards, 'SKYSUB', texts.sky);
  setString(cards, 'CRSIGMAS', texts.sigmas);
  setFloat(cards, 'MEANEXP', meanExposure);
  setFloat(cards, 'CRRADIUS', rejection.radius);
  setFloat(cards, 'CRTHRESH', rejection.threshold);
  setFloat(cards, 'SCALENSE', rejection.scaleNoise);
  setInteger(cards, 'BADINPDQ', rejection.badBits);
  setLogical(cards, 'CRMASK', rejection.flagsExposures);
  setInteger(cards, 'NEXTEND', first.imsets.length * 3);
  setString(cards, 'CRCORR', 'COMPLETE');
}
