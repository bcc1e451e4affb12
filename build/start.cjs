/* global __dirname, REFERENCE_COMMANDS */
/** The program. Commands that answer from rules alone start from code that was compiled when the package was built. */
const { join } = require('node:path');
const { compiledScript } = require('./compiled-script.cjs');

if (REFERENCE_COMMANDS.includes(process.argv[2])) {
  const script = compiledScript(join(__dirname, 'references.cjs'));
  script.runInThisContext()(require, __dirname);
} else {
  require('node:module').enableCompileCache?.();
  if (process.argv[2] === 'preview') require('./preview.cjs');
  else import('./all/main.js');
}
