import { join } from 'node:path';
import { readHeaders } from '../fits/read-headers.ts';
import { datasetRoots } from '../instruments/dataset-roots.ts';
import type { StageProgram } from '../instruments/instrument.ts';
import { outputFiles } from '../instruments/output-files.ts';
import type { CalibrationJob } from './calibrator.ts';
import { rawFiles, type ProgramFiles } from './program-inputs.ts';

/** A product that must be there. */
export interface ExpectedProduct {
  /** For people: the names it may have. */
  readonly what: string;
  /** Whether it is among the names of a folder. */
  readonly isThere: (names: readonly string[]) => boolean;
}

type Subject = Pick<CalibrationJob, 'dataset' | 'folder' | 'inputs' | 'association'>;

/** What a run of a program must have made, if it ended well and did not say that there was nothing to do. */
export async function expectedProducts(
  job: Subject,
  options: { readonly stage: StageProgram; readonly files: ProgramFiles },
): Promise<readonly ExpectedProduct[]> {
  const { of, anyOf, combined = {}, switch: keyword } = options.stage.products;
  if (keyword !== undefined && !(await isToPerform(job, keyword))) return [];
  const named = (root: string): readonly string[] =>
    anyOf.map((suffix) => `${root}_${suffix}.fits`);
  switch (of) {
    case 'each-exposure':
      return [
        ...exposureRoots(job, options.files).map((root) => exactly(named(root))),
        ...combinedProducts(job, combined).map((name) => exactly([name])),
      ];
    case 'dataset':
      return [exactly([...datasetRoots(job.dataset, job)].flatMap(named))];
    case 'mosaic':
      return [mosaic(job, anyOf)];
  }
}

const exactly = (names: readonly string[]): ExpectedProduct => ({
  what: names.map((name) => `\`${name}\``).join(' or '),
  isThere: (there) => names.some((name) => there.includes(name)),
});

const mosaic = ({ dataset }: Subject, suffixes: readonly string[]): ExpectedProduct => ({
  what: `a mosaic (${suffixes.map((suffix) => `\`_${suffix}.fits\``).join(' or ')})`,
  isThere: (there) =>
    outputFiles(there, { dataset }).some((name) =>
      suffixes.some((suffix) => name.endsWith(`_${suffix}.fits`)),
    ),
});

/** The programs take the switch from the first exposure. */
async function isToPerform(job: Subject, keyword: string): Promise<boolean> {
  const [first] = exposuresHere(job);
  const raw = first === undefined ? rawFiles(job)[0] : `${first}_raw.fits`;
  if (raw === undefined) return false;
  const { hdus } = await readHeaders(join(job.folder, raw));
  const value = hdus[0]?.header.card(keyword)?.value;
  return value?.kind === 'string' && value.value.trim() === 'PERFORM';
}

/** The exposures that a run covers: the association's, as far as their files are here, or those of the files themselves. */
function exposureRoots(job: Subject, files: ProgramFiles): readonly string[] {
  const ofAssociation = files.some((name) => name.endsWith('_asn.fits'));
  return [...new Set(ofAssociation ? exposuresHere(job) : files.map(rootOf))];
}

function exposuresHere({ association, inputs }: Subject): readonly string[] {
  return (association?.exposures ?? [])
    .map(({ name }) => name)
    .filter((root) => inputs.some((name) => name.startsWith(`${root}_raw`)));
}

/** Cosmic-ray rejection takes two exposures; with one of them missing there is nothing to combine. */
function combinedProducts(
  { association, inputs }: Subject,
  combined: Readonly<Record<string, string>>,
): readonly string[] {
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
      .map((product) => `${product.name}_${suffix}.fits`),
  );
}

const rootOf = (name: string): string => name.slice(0, name.indexOf('_'));
