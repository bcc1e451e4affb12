/** The bytes of a FITS file that is one primary header with these cards and no data: `{ DRIZCORR: "'PERFORM '" }`. */
export function tinyFits(cards: Readonly<Record<string, string>> = {}): Buffer {
  const all = { SIMPLE: 'T', BITPIX: '16', NAXIS: '0', EXTEND: 'T', ...cards };
  const lines = Object.entries(all).map(([keyword, value]) =>
    `${keyword.padEnd(8)}= ${value.startsWith("'") ? value : value.padStart(20)}`.padEnd(80),
  );
  const text = [...lines, 'END'.padEnd(80)].join('');
  return Buffer.from(text.padEnd(Math.ceil(text.length / 2880) * 2880), 'latin1');
}
