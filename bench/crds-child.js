/* global AbortController, performance */
/**
 * One measurement in a process of its own, so that everything is cold. Arguments: folder of the compiled program, a folder of rules, a
 * context, a JSON file with a list of headers. Prints milliseconds and answers a second as JSON.
 */
import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [program, folder, context, path] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(join(program, 'crds', 'rules', file)).href);
const { RulesLibrary } = await load('rules-library.js');
const { instrumentAnswers } = await load('instrument-answers.js');
const { headerInstrument } = await load('header-instrument.js');
const { signal } = new AbortController();
const imported = performance.now();

const rules = new RulesLibrary(
  { read: (name) => readFile(join(folder, name)) },
  { ignoreChecksum: false, signal },
);
const options = { context, signal };
await rules.instrument('WFC3', options);
const wfc3Ms = performance.now() - imported;

const headers = JSON.parse(readFileSync(path, 'utf8'));
const answer = async (header) => {
  const instrument = headerInstrument(header);
  const found = await rules.instrument(instrument, options);
  return instrumentAnswers(found, { ...header, INSTRUME: instrument }, { warn: () => undefined });
};
const first = headers.find(({ INSTRUME }) => INSTRUME === 'WFC3');
await answer(first);
// performance.now() counts from the start of the process.
const firstAnswerMs = performance.now();

for (const { INSTRUME } of headers) await rules.instrument(INSTRUME, options);
const before = performance.now();
for (const header of headers) await answer(header);
const perSecond = (headers.length * 1000) / (performance.now() - before);
process.stdout.write(JSON.stringify({ wfc3Ms, firstAnswerMs, perSecond }));
