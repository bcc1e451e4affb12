import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { chromium, type Page } from 'playwright-core';
import { simulatedDatasets } from '../simulated/simulated-data.ts';
import { dropAssociation } from '../helpers/drop.ts';
import { skip } from '../helpers/needs.ts';
import { runningDaemon } from '../helpers/running-daemon.ts';

const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const id = 'j8zz02a1q';

async function openPage(
  t: ExecutionContext,
  { url, scheme }: { readonly url: string; readonly scheme: 'light' | 'dark' },
): Promise<Page> {
  const started = await chromium.launch({
    executablePath: browser ?? '',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  t.teardown(() => started.close());
  const context = await started.newContext({ colorScheme: scheme, bypassCSP: true });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    t.fail(error.message);
  });
  await page.goto(url);
  await page.getByText('Live').waitFor();
  return page;
}

/** What axe finds that is serious or worse, by rule and element. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: axe });
  const found: unknown = await page.evaluate(
    `axe.run().then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`,
  );
  return Array.isArray(found) ? found.map(String) : ['no answer'];
}

/** Where pictures for people go, if anywhere. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['CALDP_TEST_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
}

for (const scheme of ['light', 'dark'] as const) {
  test.serial(
    `the status page follows what happens, by keyboard and by eye: ${scheme}`,
    async (t) => {
      if (browser === undefined) {
        skip(t, 'no Chromium is installed');
        return;
      }
      t.timeout(180_000);
      const { drop, url } = await runningDaemon(t);
      const page = await openPage(t, { url, scheme });
      t.deepEqual(await seriousFindings(page), []);
      await picture(page, `empty-${scheme}`);
      simulatedDatasets.exposure(drop);
      dropAssociation(drop, { id: 'j8zz01010', members: ['j8zz01a1q'] });
      await page.locator(`tr[data-id="${id}"] .state.published`).waitFor({ timeout: 60_000 });
      await page.locator('#waiting code', { hasText: 'j8zz01a1q' }).first().waitFor();
      await page.getByRole('button', { name: id }).focus();
      await page.keyboard.press('Enter');
      await page.locator('dialog[open] .timeline li').first().waitFor();
      await page.locator('dialog[open] pre', { hasText: 'args:' }).waitFor();
      await page.waitForFunction(
        `document.querySelector('dialog[open] figure img')?.naturalWidth > 1`,
      );
      t.deepEqual(await seriousFindings(page), []);
      await picture(page, `published-${scheme}`);
      await page.keyboard.press('Escape');
      await page.locator('dialog:not([open])').waitFor({ state: 'attached' });
      await page.getByRole('button', { name: /failed/ }).click();
      await page.getByText('No dataset to show').waitFor();
      await page.getByRole('button', { name: /failed/ }).click();
      await page.getByLabel('Name').fill('j8zz02');
      await page.getByText('1 to 1 of 1').waitFor();
      t.deepEqual(await seriousFindings(page), []);
      await picture(page, `table-${scheme}`);
    },
  );
}

test.serial('a failed dataset shows what happened and what to do', async (t) => {
  if (browser === undefined) {
    skip(t, 'no Chromium is installed');
    return;
  }
  t.timeout(180_000);
  const { drop, url } = await runningDaemon(t, { calacs: 'lacks-memory' });
  const page = await openPage(t, { url, scheme: 'light' });
  simulatedDatasets.exposure(drop);
  await page.locator(`tr[data-id="${id}"] .state.failed`).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: id }).click();
  const alert = page.locator('dialog[open] [role=alert]');
  await alert.waitFor();
  t.regex((await alert.textContent()) ?? '', /MEMORY_SHORT/);
  await page.locator('dialog[open] pre').waitFor();
  t.deepEqual(await seriousFindings(page), []);
  await picture(page, 'failed-light');
});

test.serial('what is incomplete is followed even where the list stays as long', async (t) => {
  if (browser === undefined) {
    skip(t, 'no Chromium is installed');
    return;
  }
  t.timeout(180_000);
  const { drop, url, run } = await runningDaemon(t);
  const page = await openPage(t, { url, scheme: 'light' });
  const first = dropAssociation(drop, { id: 'j8zz01010', members: ['j8zz01a1q'] });
  await page.locator('#waiting code', { hasText: 'j8zz01a1q' }).first().waitFor();
  // While the daemon stands still, so that it never sees both or none.
  run.child.kill('SIGSTOP');
  await rm(join(drop, first));
  dropAssociation(drop, { id: 'j8zz03010', members: ['j8zz03a1q'] });
  run.child.kill('SIGCONT');
  await page.locator('#waiting code', { hasText: 'j8zz03a1q' }).first().waitFor();
  t.is(await page.locator('#waiting code', { hasText: 'j8zz01' }).count(), 0);
});
