import { CaldpError } from '../errors/caldp-error.ts';
import { instrumentOf } from '../instruments/instrument-of.ts';
import type { ProgramInput, StageProgram } from '../instruments/instrument.ts';
import type { CalibrationJob } from './calibrator.ts';

/** One run of a program: the files it is given. */
export type ProgramFiles = readonly string[];

type Subject = Pick<CalibrationJob, 'dataset' | 'inputs'>;

/**
 * Decides which files a program is run on, one element a run.
 *
 * @throws CaldpError `NOTHING_TO_CALIBRATE` when the dataset has no file of the kind that the program takes.
 */
export function programInputs(
  job: Subject,
  options: { readonly stage: StageProgram },
): readonly ProgramFiles[] {
  const { program, takes } = options.stage;
  const runs = filesFor(job, takes).filter((files) => files.length > 0);
  if (runs.length > 0) return runs;
  throw new CaldpError(
    `\`${job.dataset.id}\` has no file that \`${program}\` could calibrate: expected ${expected(job, takes)}, found ${list(job.inputs)}.`,
    {
      code: 'NOTHING_TO_CALIBRATE',
      advice: 'Check that the inputs of the dataset are complete.',
      exit: 'STAGE1_ERROR',
    },
  );
}

function filesFor(job: Subject, takes: ProgramInput): readonly ProgramFiles[] {
  const inputs = job.inputs.toSorted();
  const association = inputs.filter((name) => name === `${job.dataset.id}_asn.fits`);
  const raws = rawFiles(job);
  switch (takes) {
    case 'association-or-each-raw':
      return association.length > 0 ? [association] : raws.map((raw) => [raw]);
    case 'association-or-all-raws':
      return [association.length > 0 ? association : raws];
    case 'association-or-first-raw':
      return [association.length > 0 ? association : raws.slice(0, 1)];
    case 'raws-or-wavecals': {
      const images = inputs.filter((name) => name.endsWith('_raw.fits'));
      return [images.length > 0 ? images : inputs.filter((name) => name.endsWith('_wav.fits'))];
    }
    case 'poller':
      return [inputs.filter((name) => name === `${job.dataset.id}_input.out`)];
  }
}

/** The files of a dataset that get references and version keywords, sorted. */
export function rawFiles({ dataset, inputs }: Subject): readonly string[] {
  const { raw } = instrumentOf(dataset);
  return inputs.filter((name) => name.endsWith('.fits') && raw?.test(name) === true).toSorted();
}

function expected({ dataset: { id } }: Subject, takes: ProgramInput): string {
  switch (takes) {
    case 'association-or-each-raw':
    case 'association-or-all-raws':
    case 'association-or-first-raw':
      return `\`${id}_asn.fits\` or \`_raw\` files`;
    case 'raws-or-wavecals':
      return '`_raw.fits` or `_wav.fits` files';
    case 'poller':
      return `\`${id}_input.out\``;
  }
}

const list = (names: readonly string[]): string =>
  names.length === 0 ? 'no file at all' : names.map((name) => `\`${name}\``).join(', ');
