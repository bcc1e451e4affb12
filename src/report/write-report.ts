import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { FileSystem } from '../ports/file-system.ts';
import { publishedFiles } from './files/published-files.ts';
import { thumbnailsOf, type Thumbnail } from './files/thumbnails.ts';
import { datasetSection } from './page/dataset-section.ts';
import { inOrderOfAttention, pageBeginning, pageEnd } from './page/report-page.ts';
import type { DatasetRecord, RunRecord } from './run-record.ts';

/** What a report needs beside the record of the run. */
export interface ReportOptions {
  readonly version: string;
  readonly fileSystem: Pick<FileSystem, 'mkdir' | 'open' | 'readFile' | 'rename' | 'rm'>;
}

/** With more datasets than this, those that went well are closed from the start. */
const mostOpen = 12;

/** A page of some ten megabytes still opens well. */
const mostThumbnails = 500;

/**
 * Writes the report of a run: one HTML file that needs no network and no other file, with the thumbnails in it and relative links to
 * full previews, products and logs. An earlier report of that name is replaced as a whole. Holds the text of one dataset.
 *
 * @param path - absolute.
 */
export async function writeReport(
  path: string,
  { record, ...options }: ReportOptions & { readonly record: RunRecord },
): Promise<void> {
  const { fileSystem } = options;
  await fileSystem.mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    const file = await fileSystem.open(temporary, 'wx');
    try {
      for await (const text of pageText(record, { ...options, path })) await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await fileSystem.rename(temporary, path);
  } catch (error) {
    await fileSystem.rm(temporary, { force: true });
    throw error;
  }
}

async function* pageText(
  record: RunRecord,
  options: ReportOptions & { readonly path: string },
): AsyncGenerator<string> {
  const { version, fileSystem, path } = options;
  yield pageBeginning(record, { version }).text;
  const open = record.datasets.length <= mostOpen;
  let room = mostThumbnails;
  for (const dataset of inOrderOfAttention(record)) {
    const files = await filesOf(dataset, fileSystem);
    let thumbnails: readonly Thumbnail[] = [];
    if (files !== undefined) thumbnails = await thumbnailsOf(files, { fileSystem, most: room });
    room -= thumbnails.length;
    const section = { run: record, files, thumbnails, page: path, open };
    yield datasetSection(dataset, section).text;
  }
  yield pageEnd.text;
}

async function filesOf(
  { outcome }: DatasetRecord,
  fileSystem: ReportOptions['fileSystem'],
): ReturnType<typeof publishedFiles> {
  if (outcome?.status !== 'published') return undefined;
  return publishedFiles(outcome.location, { fileSystem });
}
