import { mkdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { exitCodes } from '../errors/exit-codes.ts';
import { previewsInThisThread } from '../previews/jobs/previews-in-this-thread.ts';
import { previewError } from '../previews/preview-error.ts';
import { previewFile } from '../previews/preview-file.ts';
import { previewBase } from '../previews/preview-plan.ts';
import type { PreviewStyle } from '../previews/preview-style.ts';
import { stopSignal } from './stop-signal.ts';
import { tellError } from './tell-failure.ts';

/** The options of `caldp preview`, as commander gives them. */
interface PreviewOptions {
  readonly out?: string;
  readonly previewStyle: PreviewStyle;
  readonly format: 'jpg' | 'png';
}

/** Makes the command; `answer` is told the exit code. */
export function previewCommand(answer: (exitCode: number) => void): Command {
  return new Command('preview')
    .description('Draw FITS files: thumbnail and full picture of images, plots of spectra.')
    .argument('<files...>', 'FITS files')
    .option(
      '-o, --out <folder>',
      'where the pictures go; made where it is not there (default: beside each file)',
    )
    .addOption(
      new Option('--preview-style <name>', 'how they are drawn')
        .choices(['standard', 'fitscut'])
        .default('standard'),
    )
    .addOption(
      new Option('--format <name>', 'png keeps the 8-bit pixels as they are')
        .choices(['jpg', 'png'])
        .default('jpg'),
    )
    .action(async (files: string[], options: PreviewOptions) => {
      answer(await previewFiles(files, options));
    });
}

async function previewFiles(files: readonly string[], options: PreviewOptions): Promise<number> {
  const { previewStyle: style, format, out } = options;
  requireDifferentNames(files, options);
  if (out !== undefined) await makeFolder(out);
  const pool = previewsInThisThread();
  const signal = stopSignal();
  let code: number = exitCodes.SUCCESS;
  try {
    for (const file of files) {
      const where = out === undefined ? {} : { out };
      const { made, failures } = await previewFile(file, { pool, style, format, signal, ...where });
      for (const { path } of made) process.stdout.write(`${path}\n`);
      for (const { error } of failures) {
        tellError(error);
        code = exitCodes.CREATE_PREVIEWS_ERROR;
      }
    }
  } finally {
    await pool.close();
  }
  return code;
}

/** Pictures are named after their file up to its first dot: of two with one name, the second would replace those of the first. */
function requireDifferentNames(files: readonly string[], { out }: PreviewOptions): void {
  const drawn = new Map<string, string>();
  for (const file of files) {
    const picture = resolve(out ?? dirname(file), previewBase(basename(file)));
    const other = drawn.get(picture);
    if (other !== undefined && resolve(other) !== resolve(file)) {
      throw previewError(
        `The pictures of \`${file}\` would replace those of \`${other}\`: both are named \`${basename(picture)}\`.`,
        { code: 'PREVIEW_NOT_WRITTEN', advice: 'Draw them into different folders.' },
      );
    }
    drawn.set(picture, file);
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw previewError(`The folder \`${path}\` cannot be made: ${reason}.`, {
      code: 'PREVIEW_NOT_WRITTEN',
      advice: 'Name a folder that you may write to.',
      cause,
    });
  }
}
