/** The bytes of an HDU made by hand: cards (padded here), END, data, both in whole blocks. */
export function hduBytes(cards: readonly string[], data: Uint8Array = new Uint8Array()): Buffer {
  const header = [...cards, 'END'].map((text) => text.padEnd(80)).join('');
  return Buffer.concat([
    Buffer.from(header.padEnd(Math.ceil(header.length / 2880) * 2880), 'latin1'),
    data,
    Buffer.alloc((2880 - (data.length % 2880)) % 2880),
  ]);
}

/** A file of HDUs. */
export function fileOf(...hdus: readonly Buffer[]): Buffer {
  return Buffer.concat(hdus);
}
