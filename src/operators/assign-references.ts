import { dirname, join } from 'node:path';
import type { OperatorFunction } from 'rxjs';
import type { BestReferences } from '../crds/best-references.ts';
import type { ReferenceFile } from '../crds/cache/reference-cache.ts';
import type { Warning } from '../errors/warning.ts';
import { instrumentOf } from '../instruments/instrument-of.ts';
import type { StepFunction, StepTools } from '../streams/attempt.ts';
import type { Referenced, Settled, Staged } from '../streams/events.ts';
import { step } from '../streams/step.ts';
import type { FileDigests } from '../system/file-digests.ts';

/** What assigning references needs. */
export interface AssignReferencesTools extends StepTools {
  /** Chooses, fetches and writes; undefined where headers keep the references that they name. */
  readonly references: BestReferences | undefined;
  /** Digests of references, which many datasets share. */
  readonly digests: FileDigests;
  /** Who assigned them, for the header. */
  readonly version: string;
}

/**
 * Chooses the best reference files for the raw exposures of each dataset, brings them into the cache and writes their names into the
 * headers. A dataset whose references cannot be had fails; it is never calibrated with old ones.
 *
 * Retried although it writes to the work directory: writing the same keywords again changes nothing.
 */
export const assignReferences = (
  tools: AssignReferencesTools,
  run: StepFunction<Staged, Referenced> = assignToDataset(tools),
): OperatorFunction<Staged | Settled, Referenced | Settled> =>
  step('assign-references', tools, run);

const assignToDataset =
  (tools: AssignReferencesTools): StepFunction<Staged, Referenced> =>
  async (staged, { signal }) => {
    const { references: best, digests, version } = tools;
    const raws = rawNames(staged);
    if (best === undefined || raws.length === 0) return withReferences(staged, { files: [] });
    const files = new Map<string, ReferenceFile>();
    const warnings: Warning[] = [];
    for (const name of raws) {
      const assigned = await best.assign(join(staged.work.folder, name), { version, signal });
      for (const file of assigned.references) files.set(file.name, file);
      warnings.push(...assigned.warnings);
    }
    const found = [...files.values()];
    return withReferences(staged, {
      files: found,
      context: await best.context(),
      digests: await Promise.all(found.map(({ path }) => digests.of(path, { signal }))),
      warnings,
    });
  };

/** The files of a dataset that name references. */
function rawNames({ dataset, inputs }: Staged): readonly string[] {
  const { raw } = instrumentOf(dataset);
  return raw === undefined ? [] : inputs.map(({ name }) => name).filter((name) => raw.test(name));
}

function withReferences(
  staged: Staged,
  found: {
    readonly files: readonly ReferenceFile[];
    readonly context?: string;
    readonly digests?: Referenced['references'];
    readonly warnings?: readonly Warning[];
  },
): Referenced {
  const { files, context = null, digests = [], warnings = [] } = found;
  return {
    ...staged,
    status: 'referenced',
    references: digests,
    context,
    referenceFolders: foldersOf(staged, files),
    warnings: [...staged.warnings, ...warnings],
  };
}

/** Headers name references as `jref$x.fits`; the variable has to mean the folder that they were really found in. */
function foldersOf(
  { dataset }: Staged,
  files: readonly ReferenceFile[],
): Readonly<Record<string, string>> {
  const variable = instrumentOf(dataset).referencePrefix?.replace('$', '');
  const [first] = files;
  if (variable === undefined || first === undefined) return {};
  return { [variable]: `${dirname(first.path)}/` };
}
