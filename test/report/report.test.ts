import fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { RunRecorder } from '../../src/report/run-recorder.ts';
import { writeReport } from '../../src/report/write-report.ts';
import { formatManifest, type Manifest } from '../../src/sinks/manifest.ts';
import type { Outcome } from '../../src/streams/events.ts';
import type { PipelineEvent } from '../../src/streams/telemetry.ts';
import { publishedOf, requestOf } from '../helpers/events.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const id = 'j8zz02a1q';
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const file = (name: string, size = 70): Manifest['outputs'][number] => ({
  name,
  size,
  sha256: 'a'.repeat(64),
});

const manifest: Manifest = {
  format: 'caldp-manifest',
  version: 1,
  dataset: id,
  key: 'b'.repeat(64),
  attempt: 1,
  started: '2026-01-01T00:00:00.000Z',
  finished: '2026-01-01T00:01:00.000Z',
  threads: 1,
  context: 'hst_0001.pmap',
  programs: { 'calacs.e': '10.5.0' },
  configuration: {},
  inputs: [file('j8zz02a1q_raw.fits')],
  references: [file('x_bia.fits')],
  outputs: [
    file('j8zz02a1q_flt.fits'),
    file('previews/j8zz02a1q_flt.png'),
    file('previews/j8zz02a1q_flt_thumb.png'),
    file('previews/j8zz02a1q_gone_thumb.png'),
  ],
  logs: [file('logs/process.txt')],
};

/** A folder with a published dataset, previews and all. */
async function published(t: ExecutionContext): Promise<string> {
  const folder = join(await temporaryFolder(t), 'a folder & more', id);
  await fs.mkdir(join(folder, 'logs'), { recursive: true });
  await fs.mkdir(join(folder, 'previews'));
  await fs.writeFile(join(folder, 'logs', 'manifest.json'), formatManifest(manifest));
  const bytes = Buffer.from(pixel, 'base64');
  await fs.writeFile(join(folder, 'previews', 'j8zz02a1q_flt_thumb.png'), bytes);
  return folder;
}

function settled(outcome: Outcome): PipelineEvent {
  return { type: 'settled', at: 61_000, outcome, milliseconds: 60_000 };
}

async function pageOf(
  events: readonly PipelineEvent[],
  { path }: { readonly path: string },
): Promise<string> {
  const recorder = new RunRecorder();
  for (const event of events) recorder.add(event);
  const options = { record: recorder.record, version: '1.2.3', fileSystem: fs };
  await writeReport(path, options);
  return fs.readFile(path, 'utf8');
}

const failure = new CaldpError('`<script>alert(1)</script>` is no FITS file & never was.', {
  code: 'FITS_INVALID',
  advice: 'Get the file "again".',
});

test('a failure is told in full, with what to do, and as text whatever is in it', async (t) => {
  const path = join(await temporaryFolder(t), 'report.html');
  const outcome = { ...requestOf(id), status: 'failed', stage: 'stage', error: failure } as const;
  const page = await pageOf([settled(outcome)], { path });
  t.true(
    page.includes(
      '<code>&lt;script&gt;alert(1)&lt;/script&gt;</code> is no FITS file &amp; never was.',
    ),
  );
  t.false(page.includes('<script'));
  t.true(page.includes('Get the file &quot;again&quot;.'));
  t.true(page.includes('FITS_INVALID') && page.includes('exit code 1'));
  t.regex(page, /<details class="dataset bad"\s+open>/);
});

test('a published dataset shows thumbnails, references, logs, steps and warnings', async (t) => {
  const folder = await published(t);
  const path = join(dirname(dirname(folder)), 'reports', 'run.html');
  const { dataset } = requestOf(id);
  const outcome = { ...publishedOf(id), location: `file:${folder}` };
  const warning = { code: 'ODD', message: 'This is odd.' };
  const note = { code: 'NOTE', message: 'For the record only.', severity: 'note' } as const;
  const page = await pageOf(
    [
      { type: 'admitted', at: 1000, dataset },
      { type: 'stage-started', at: 1000, dataset, stage: 'calibrate' },
      { type: 'stage-retried', at: 2000, dataset, stage: 'calibrate', error: failure, delay: 1 },
      { type: 'warning', at: 61_000, dataset, stage: 'calibrate', warning },
      { type: 'warning', at: 61_000, dataset, stage: 'calibrate', warning: note },
      { type: 'stage-finished', at: 61_000, dataset, stage: 'calibrate', milliseconds: 60_000 },
      settled(outcome),
    ],
    { path },
  );
  t.true(page.includes(`data:image/png;base64,${pixel}`));
  t.true(page.includes(`href="../a%20folder%20%26%20more/${id}/previews/j8zz02a1q_flt.png"`));
  t.true(page.includes(`href="../a%20folder%20%26%20more/${id}/logs/process.txt"`));
  t.true(page.includes('References by hst_0001.pmap') && page.includes('x_bia.fits'));
  t.true(page.includes('This is odd.') && page.includes('1 warning<'));
  t.false(page.includes('For the record only.') || page.includes('Preview of j8zz02a1q_gone'));
  t.true(page.includes('calibrate: 1 min 0 s'));
  t.true(page.includes('no FITS file &amp; never was'), 'what a retry was for');
});

test('a report asks nothing of the network and has its end', async (t) => {
  const folder = await published(t);
  const outcome = { ...publishedOf(id), location: `file:${folder}` };
  const page = await pageOf([settled(outcome)], { path: join(folder, 'report.html') });
  t.notRegex(page, /(?:src|href)="(?:https?:)?\/\//);
  t.true(page.includes(`default-src 'none'`));
  t.regex(page, /<\/main>\s*<\/body>\s*<\/html>\s*$/);
  t.is(page.split('</html>').length, 2);
});

test('what needs attention comes first', async (t) => {
  const failed = { ...requestOf('j8zz03a1q'), status: 'failed', stage: 'stage' } as const;
  const rejected = { status: 'rejected', text: 'nonsense', origin: 'argument 3' } as const;
  const page = await pageOf(
    [
      settled(publishedOf(id)),
      settled({ ...failed, error: failure }),
      settled({ ...rejected, error: failure }),
    ],
    { path: join(await temporaryFolder(t), 'report.html') },
  );
  const places = ['j8zz03a1q', 'nonsense', id].map((name) => page.indexOf(`<h2>${name}</h2>`));
  t.true(places.every((place) => place > 0));
  t.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
});

test('a dataset without an outcome, a manifest that is damaged and a run without datasets are shown as they are', async (t) => {
  const folder = await published(t);
  await fs.writeFile(join(folder, 'logs', 'manifest.json'), '{');
  const { dataset } = requestOf('j8zz03a1q');
  const page = await pageOf(
    [
      { type: 'admitted', at: 1, dataset },
      settled({ ...publishedOf(id), location: `file:${folder}` }),
    ],
    { path: join(folder, 'report.html') },
  );
  t.true(page.includes('unfinished') && page.includes('published'));
  const empty = await pageOf([], { path: join(folder, 'empty.html') });
  t.true(empty.includes('Nothing happened.'));
});

test('a report that cannot be written leaves the former one and no temporary file', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'report.html');
  await fs.writeFile(path, 'former');
  const broken = { ...fs, rename: () => Promise.reject(new Error('disk is gone')) };
  const record = new RunRecorder().record;
  await t.throwsAsync(writeReport(path, { record, version: '1', fileSystem: broken }), {
    message: 'disk is gone',
  });
  t.deepEqual(await fs.readdir(folder), ['report.html']);
  t.is(await fs.readFile(path, 'utf8'), 'former');
});

test('a name that came twice has a line of its own and takes nothing from the first', (t) => {
  const { dataset } = requestOf(id);
  const again: Outcome = {
    ...requestOf(id),
    status: 'skipped',
    because: 'repeated',
    reason: 'already named in argument 1',
  };
  const acknowledged: readonly PipelineEvent[] = [
    { type: 'stage-started', at: 2, dataset, stage: 'acknowledge' },
    { type: 'stage-finished', at: 3, dataset, stage: 'acknowledge', milliseconds: 1 },
    settled(again),
  ];
  const recorder = new RunRecorder();
  const first: readonly PipelineEvent[] = [
    { type: 'admitted', at: 1, dataset },
    { type: 'stage-started', at: 1, dataset, stage: 'claim' },
  ];
  for (const event of [...first, ...acknowledged, settled(publishedOf(id)), ...acknowledged]) {
    recorder.add(event);
  }
  t.deepEqual(
    recorder.record.datasets.map(({ outcome, steps }) => [outcome?.status, steps.length]),
    [
      ['published', 1],
      ['skipped', 0],
      ['skipped', 0],
    ],
  );
});
