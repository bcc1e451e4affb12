import { Parser, type ReadEntry } from 'tar';
import { CaldpError } from '../errors/caldp-error.ts';
import { tarballError } from './tarball-error.ts';
import type { TarballMeter } from './tarball-limits.ts';
import { memberName } from './tarball-member.ts';
import type { MemberEvent } from './tarball-writer.ts';

// No file name begins with it. The parser would unpack such data by itself, past the meter.
const gzipMark = 0x1f;

/** What a reader has to know. */
export interface TarballReaderOptions {
  readonly tarball: string;
  readonly root: string;
  readonly meter: TarballMeter;
}

/** Takes an unpacked tarball piece by piece and tells what to do with the files in it. */
export class TarballReader {
  /** Paths of files that are left out. */
  readonly ignored: string[] = [];
  readonly #options: TarballReaderOptions;
  readonly #parser: Parser;
  readonly #names = new Set<string>();
  #started = false;
  #events: MemberEvent[] = [];
  #failure: Error | undefined;

  constructor(options: TarballReaderOptions) {
    this.#options = options;
    this.#parser = new Parser({ strict: true, zstd: false, brotli: false });
    this.#parser.on('entry', (entry: ReadEntry) => {
      this.#attempt(() => {
        this.#receive(entry);
      });
      entry.resume();
    });
    this.#parser.on('ignoredEntry', (entry: ReadEntry) => {
      this.#fail(`holds \`${entry.path}\`, a member of a kind that is not supported.`);
    });
    this.#parser.on('error', (error: Error) => {
      this.#fail(`is no tarball or is damaged: ${error.message}.`, error);
    });
  }

  /** @throws CaldpError `TARBALL_INVALID` */
  read(chunk: Uint8Array): readonly MemberEvent[] {
    if (!this.#started && chunk[0] === gzipMark) this.#fail('is gzipped twice.');
    this.#started = true;
    return this.#drive(() => this.#parser.write(chunk));
  }

  /** Says that nothing more comes. @throws CaldpError `TARBALL_INVALID` when something is missing. */
  end(): readonly MemberEvent[] {
    return this.#drive(() => this.#parser.end());
  }

  /** The parser calls back before it returns, so that what it found of one piece is written before the next is read. */
  #drive(work: () => unknown): readonly MemberEvent[] {
    if (this.#failure === undefined) this.#attempt(work);
    if (this.#failure !== undefined) throw this.#failure;
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #receive(entry: ReadEntry): void {
    const { tarball, root, meter } = this.#options;
    meter.countMember();
    const name = memberName({ path: entry.path, type: entry.type }, { root, tarball });
    if (name === undefined) {
      if (!entry.path.endsWith('/')) this.ignored.push(entry.path);
      return;
    }
    if (this.#names.has(name)) throw tarballError(tarball, `holds \`${name}\` twice.`);
    this.#names.add(name);
    this.#events.push({ kind: 'begin', name });
    entry.on('data', (bytes) => this.#events.push({ kind: 'data', bytes }));
    entry.on('end', () => this.#events.push({ kind: 'end' }));
  }

  #attempt(work: () => unknown): void {
    try {
      work();
    } catch (error) {
      this.#failure ??=
        error instanceof CaldpError
          ? error
          : tarballError(this.#options.tarball, `is damaged: ${String(error)}.`, error);
    }
  }

  #fail(reason: string, cause?: Error): void {
    this.#failure ??= tarballError(this.#options.tarball, reason, cause);
  }
}
