import { isAscii, isUtf8 } from 'node:buffer';
import { crdsError } from '../crds-error.ts';
import type { LiteralValue } from '../python/literal-value.ts';
import { mappingChecksum } from './mapping-checksum.ts';
import { MappingHeader } from './mapping-header.ts';
import { parseMappingText } from './mapping-text.ts';

/** A file of rules that was read and whose checksum holds. */
export interface Mapping {
  /** File name: `hst_acs_biasfile_0345.rmap`. */
  readonly name: string;
  readonly header: MappingHeader;
  readonly selector: LiteralValue;
}

/** The three kinds of rules by the end of their names, and what the header of each must hold. */
const kinds: Readonly<Record<string, { readonly mapping: string; readonly fields: string[] }>> = {
  pmap: { mapping: 'pipeline', fields: ['observatory'] },
  imap: { mapping: 'instrument', fields: ['observatory', 'instrument'] },
  rmap: { mapping: 'reference', fields: ['observatory', 'instrument', 'filekind'] },
};

/**
 * Reads the bytes of a `.pmap`, `.imap` or `.rmap` and checks its checksum and header. Holds the text while it reads.
 *
 * @throws CaldpError `CRDS_FILE_INVALID` when the bytes are no such rules or their checksum is missing or wrong.
 */
export function parseMapping(
  bytes: Uint8Array,
  options: {
    readonly name: string;
    /** Take rules whose checksum is missing or wrong (`CRDS_IGNORE_MAPPING_CHECKSUM`). Default false. */
    readonly ignoreChecksum?: boolean;
  },
): Mapping {
  const { name } = options;
  const text = decoded(bytes, name);
  const parts = parseMappingText(text, { source: name });
  const header = new MappingHeader(parts.header, { source: name });
  checkFields(header, name);
  if (options.ignoreChecksum !== true) checkSum(header, text);
  return { name, header, selector: parts.selector };
}

function decoded(bytes: Uint8Array, name: string): string {
  if (!isUtf8(bytes)) {
    throw crdsError('CRDS_FILE_INVALID', {
      message: `The rules \`${name}\` are not text in UTF-8.`,
      advice: 'Fetch the rules again (`caldp crds sync`).',
    });
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Rules are ASCII, which is taken over as it is several times faster than UTF-8 is decoded.
  const text = buffer.toString(isAscii(bytes) ? 'latin1' : 'utf8');
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
}

function checkFields(header: MappingHeader, name: string): void {
  const kind = kinds[name.slice(name.lastIndexOf('.') + 1)];
  if (kind === undefined) throw header.invalid('its name ends in none of .pmap, .imap and .rmap');
  for (const field of ['mapping', 'name', 'derived_from', ...kind.fields]) header.required(field);
  if (!header.has('parkey')) throw header.invalid('its header has no `parkey`');
  if (header.text('mapping') !== kind.mapping) {
    throw header.invalid(`its header says \`${header.required('mapping')}\`, not ${kind.mapping}`);
  }
}

function checkSum(header: MappingHeader, text: string): void {
  const promised = header.required('sha1sum');
  const actual = mappingChecksum(text);
  if (promised === actual) return;
  throw header.invalid(`its checksum is \`${actual}\`, its header promises \`${promised}\``);
}
