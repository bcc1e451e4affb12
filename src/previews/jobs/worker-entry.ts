import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a thread runs, and the arguments of Node.js that it needs for that. */
export interface WorkerEntry {
  readonly filename: string;
  readonly execArgv: readonly string[];
}

/**
 * Finds the worker beside this module: compiled in the package, a source file where the sources are run. Threads do not inherit
 * what makes source files run, so there they register it themselves.
 */
export function workerEntry(): WorkerEntry {
  const extension = extname(fileURLToPath(import.meta.url));
  const filename = new URL(`./preview-worker${extension}`, import.meta.url).href;
  if (extension !== '.ts') return { filename, execArgv: [] };
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const preload = `data:text/javascript,import{register}from${loader};register()`;
  return { filename, execArgv: ['--import', preload] };
}
