import { datasetRoots } from '../instruments/dataset-roots.ts';
import type { StageProgram } from '../instruments/instrument.ts';
import { outputFiles } from '../instruments/output-files.ts';
import type { CalibrationJob } from './calibrator.ts';
import type { ProgramFiles } from './program-inputs.ts';

/** A product that must be there: any one of these names. */
export type ExpectedProduct = readonly string[];

type Subject = Pick<CalibrationJob, 'dataset' | 'inputs' | 'association'>;

/** What a run of a program must have made, if it ended well and did not say that there was nothing to do. */
export function expectedProducts(
  job: Subject,
  options: { readonly stage: StageProgram; readonly files: ProgramFiles },
): readonly ExpectedProduct[] {
  const { of, anyOf, combined = {} } = options.stage.products;
  const named = (root: string): ExpectedProduct => anyOf.map((suffix) => `${root}_${suffix}.fits`);
  switch (of) {
    case 'each-exposure':
      return [...exposureRoots(job, options.files).map(named), ...combinedProducts(job, combined)];
    case 'dataset':
      return [[...datasetRoots(job.dataset, job)].flatMap(named)];
    case 'mosaic':
      return [];
  }
}

/** Whether a folder holds at least one product of a mosaic among these names. */
export function hasMosaic(
  names: readonly string[],
  options: { readonly dataset: CalibrationJob['dataset']; readonly stage: StageProgram },
): boolean {
  const { dataset, stage } = options;
  return outputFiles(names, { dataset }).some((name) =>
    stage.products.anyOf.some((suffix) => name.endsWith(`_${suffix}.fits`)),
  );
}

/** The exposures that a run covers: the association's, as far as their files are here, or those of the files themselves. */
function exposureRoots(job: Subject, files: ProgramFiles): readonly string[] {
  const given = files.some((name) => name.endsWith('_asn.fits'))
    ? (job.association?.exposures ?? [])
        .map(({ name }) => name)
        .filter((root) => job.inputs.some((name) => name.startsWith(`${root}_raw`)))
    : files.map(rootOf);
  return [...new Set(given)];
}

/** Cosmic-ray rejection takes two exposures; with one of them missing there is nothing to combine. */
function combinedProducts(
  { association, inputs }: Subject,
  combined: Readonly<Record<string, string>>,
): readonly ExpectedProduct[] {
  return Object.entries(combined).flatMap(([type, suffix]) =>
    (association?.products ?? [])
      .filter((product) => product.type.startsWith(type))
      .filter((product) => {
        const memberType = product.type.replace(/^PROD/, 'EXP');
        const members = association?.exposures.filter(
          (member) => member.type === memberType && inputs.includes(`${member.name}_raw.fits`),
        );
        return (members?.length ?? 0) >= 2;
      })
      .map((product) => [`${product.name}_${suffix}.fits`]),
  );
}

const rootOf = (name: string): string => name.slice(0, name.indexOf('_'));
