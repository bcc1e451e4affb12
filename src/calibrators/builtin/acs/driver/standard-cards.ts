import { type Cards, cardValue } from '../header/cards.ts';
import { setInteger, setString } from '../header/set-card.ts';

const standardComments = [
  "COMMENT   FITS (Flexible Image Transport System) format is defined in 'Astronomy",
  "COMMENT   and Astrophysics', volume 376, page 359; bibcode: 2001A&A...376..359H",
];

/** Who writes the file, and when. */
export interface Authorship {
  readonly date: Date;
  /** For ORIGIN. */
  readonly program: string;
}

/** All cards of a primary header. */
export function primaryHeader(kept: readonly string[], options: Authorship): readonly string[] {
  return [
    card('SIMPLE', 'T', 'file does conform to FITS standard'),
    card('BITPIX', '16', 'number of bits per data pixel'),
    card('NAXIS', '0', 'number of data axes'),
    card('EXTEND', 'T', 'FITS dataset may contain extensions'),
    ...standardComments.map((text) => text.padEnd(80)),
    ...authorship(options),
    ...kept,
  ];
}

/** What distinguishes an array from others of a file. */
export interface ArrayOptions extends Authorship {
  readonly name: string;
  readonly version: number;
  readonly bitpix: number;
  /** NAXIS1, NAXIS2, ...; none where the one value of the array stands in the header. */
  readonly axes: readonly number[];
}

/** All cards of an image extension; sets EXTNAME and EXTVER. */
export function arrayHeader(cards: Cards, options: ArrayOptions): readonly string[] {
  const { name, version, bitpix, axes } = options;
  setString(cards, 'EXTNAME', name);
  const old = cardValue(cards, 'EXTVER');
  if (old?.kind !== 'number' || old.value !== version) setInteger(cards, 'EXTVER', version);
  return [
    "XTENSION= 'IMAGE   '           / IMAGE extension".padEnd(80),
    card('BITPIX', String(bitpix), 'number of bits per data pixel'),
    card('NAXIS', String(axes.length), 'number of data axes'),
    ...axes.map((length, index) =>
      card(`NAXIS${index + 1}`, String(length), `length of data axis ${index + 1}`),
    ),
    card('PCOUNT', '0', 'required keyword; must = 0'),
    card('GCOUNT', '1', 'required keyword; must = 1'),
    ...authorship(options),
    ...cards,
  ];
}

function authorship({ date, program }: Authorship): readonly string[] {
  const day = date.toISOString().slice(0, 10);
  return [
    `ORIGIN  = '${program.padEnd(8)}'`.padEnd(30).concat(' / FITS file originator').padEnd(80),
    `DATE    = '${day}' / date this file was written (yyyy-mm-dd)`.padEnd(80),
  ];
}

function card(keyword: string, value: string, comment: string): string {
  return `${keyword.padEnd(8)}= ${value.padStart(20)} / ${comment}`.padEnd(80);
}
