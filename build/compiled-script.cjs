const { existsSync, readFileSync } = require('node:fs');
const { Script } = require('node:vm');

/**
 * A file of CommonJS as a function of `require` and `__dirname`, from its compiled code where that is kept beside it; without `import()`.
 * V8 refuses code of another version of itself and compiles the text then.
 */
exports.compiledScript = (filename) => {
  const code = `${filename}.code`;
  const text = readFileSync(filename, 'latin1');
  return new Script(`(function (require, __dirname) {${text}\n})`, {
    filename,
    cachedData: existsSync(code) ? readFileSync(code) : undefined,
  });
};
