import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a thread runs, and the arguments of Node.js that it needs for that. */
export interface WorkerEntry {
  readonly filename: string;
  readonly execArgv: readonly string[];
}

/**
 * Finds the worker: beside this module a source file where the sources are run, or a compiled one; joined in one file in the built package,
 * which takes 10 MB less. Threads do not inherit what makes source files run, so there they register it themselves.
 */
export function workerEntry(): WorkerEntry {
  const extension = extname(fileURLToPath(import.meta.url));
  const beside = new URL(`./preview-worker${extension}`, import.meta.url);
  if (extension !== '.ts') {
    const joined = new URL('../../program/preview-worker.cjs', import.meta.url);
    return { filename: (existsSync(joined) ? joined : beside).href, execArgv: [] };
  }
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const preload = `data:text/javascript,import{register}from${loader};register()`;
  return { filename: beside.href, execArgv: ['--import', preload] };
}
