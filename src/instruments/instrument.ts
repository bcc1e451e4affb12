/** The kinds of processing: four instruments for single datasets, two for mosaics. */
export type InstrumentKind = 'acs' | 'wfc3' | 'stis' | 'cos' | 'svm' | 'mvm';

/**
 * Which files of the dataset a program is run on:
 * - `association-or-each-raw`: the association table, else once for every raw file;
 * - `association-or-all-raws`: the association table, else all raw files in one run;
 * - `association-or-first-raw`: the association table, else the first raw file alone (it names its sibling segment);
 * - `raws-or-wavecals`: all `_raw` files in one run, else all `_wav` files;
 * - `poller`: the poller file `<id>_input.out`.
 */
export type ProgramInput =
  | 'association-or-each-raw'
  | 'association-or-all-raws'
  | 'association-or-first-raw'
  | 'raws-or-wavecals'
  | 'poller';

/** The files that must be there after a program said that it succeeded. */
export interface ExpectedProducts {
  /**
   * Whom they belong to: every exposure that the program was given, the dataset as a whole (any of its roots),
   * or the mosaic (any FITS file among its outputs).
   */
  readonly of: 'each-exposure' | 'dataset' | 'mosaic';
  /** One of these suffixes must exist: `flt` for `<root>_flt.fits`. */
  readonly anyOf: readonly string[];
  /** What an association makes of several exposures, by the beginning of the MEMTYPE of its product: `PROD-CR` to `crj`. */
  readonly combined?: Readonly<Record<string, string>>;
  /** Expected only where this header switch of a raw file is `PERFORM`; without it: always. */
  readonly switch?: string;
}

/** How the version of a program is learnt: from what it prints, or from the Python package that it belongs to. */
export type VersionSource =
  | { readonly kind: 'option'; readonly args: readonly string[] }
  | { readonly kind: 'python-package'; readonly name: string };

/** One calibration program of an instrument. */
export interface StageProgram {
  /** Looked up on PATH. */
  readonly program: string;
  /** Arguments before the file names. */
  readonly args: readonly string[];
  readonly takes: ProgramInput;
  readonly version: VersionSource;
  /** Exit statuses that are no failure, with what they mean. */
  readonly ignoredExits: Readonly<Record<number, string>>;
  /** Text in its output by which it says, with status 0, that the dataset asks for no calibration. */
  readonly nothingToDo?: string;
  readonly products: ExpectedProducts;
  /** What is not made where the program is missing, for people. */
  readonly makes: string;
}

/** Which products are shown as images or plots. */
export interface PreviewRule {
  readonly kind: 'image' | 'spectrum';
  readonly suffixes: readonly string[];
  /** Side of the thumbnail in pixels. */
  readonly thumbnail: number;
  /** Whether a colour composite is made of the filters of the mosaic. */
  readonly color: boolean;
}

/** What is particular to an instrument, as data. */
export interface Instrument {
  readonly name: InstrumentKind;
  /** What the MAST archive is asked for. */
  readonly archive: {
    readonly suffixes: readonly string[];
    readonly productType?: 'pipeline' | 'HAP';
  };
  /** Suffixes of the FITS files that processing starts from, lower case: `raw` for `<root>_raw.fits`. */
  readonly inputs: readonly string[];
  /** File names (lower case) that get reference files and version keywords; a mosaic has none. */
  readonly raw?: RegExp;
  /** How headers name a reference file of this instrument: `jref$`; the variable before `$` holds the folder. */
  readonly referencePrefix?: string;
  /** Header keywords put into every raw file before stage 1. */
  readonly rawKeywords: Readonly<Record<string, number>>;
  readonly stage1: StageProgram;
  readonly stage2?: StageProgram;
  /** Endings of files that are removed before publishing. */
  readonly unpublished: readonly string[];
  /**
   * File names to publish: `*` stands for any letters, `{root}` for any root name of the dataset (its own, its exposures'
   * and its association products'), `{id}` for its name, `{ipppss}` for the visit of a single-visit mosaic.
   */
  readonly outputs: readonly string[];
  readonly previews: PreviewRule;
}
