import type { StageProgram } from './instrument.ts';

/**
 * Stage 2 of ACS and WFC3. It logs a `sys.exit` of its own, 65 for no viable data among them, and still ends with status 0:
 * only its products tell whether it worked.
 */
export const drizzle: StageProgram = {
  program: 'runastrodriz',
  args: ['-n', '1'],
  takes: 'association-or-all-raws',
  version: { kind: 'python-package', name: 'drizzlepac' },
  ignoredExits: {},
  products: { of: 'dataset', anyOf: ['drz', 'drc'], switch: 'DRIZCORR' },
  makes: 'drizzled products (`drz`, `drc`) and header-let files (`hlet`)',
};
