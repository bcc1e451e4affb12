import { Worker } from 'node:worker_threads';

/**
 * Starts a thread on a module of this folder. In the build that is all; from the TypeScript sources, as in tests, the thread first
 * has to load the translator, which the loaders of this thread do not do for it.
 */
export function startThread(module: 'acs-thread' | 'chip-thread'): Worker {
  if (import.meta.url.endsWith('.js'))
    return new Worker(new URL(`./${module}.js`, import.meta.url));
  const [translator, entry] = [
    import.meta.resolve('tsx/esm/api'),
    new URL(`./${module}.ts`, import.meta.url).href,
  ];
  const start = `import(${JSON.stringify(translator)}).then(({ register }) => { register(); return import(${JSON.stringify(entry)}); });`;
  return new Worker(start, { eval: true });
}
