import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = process.env['CALDP_TEST_PROGRAM'];
const modules = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** What tests give Node to start the command line: its modules, or the built program where CALDP_TEST_PROGRAM names it. */
export const caldpProgram: readonly string[] =
  built === undefined ? [`--import=${import.meta.resolve('tsx/esm')}`, modules] : [resolve(built)];
