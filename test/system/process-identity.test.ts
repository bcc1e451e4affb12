import * as fs from 'node:fs/promises';
import test from 'ava';
import { liveness, thisProcess } from '../../src/system/process-identity.ts';
import { goneProcess } from '../helpers/gone-process.ts';

const self = await thisProcess({ fileSystem: fs });

test('this process is alive, also as seen by a second look', async (t) => {
  t.is(await liveness(self, { self, fileSystem: fs }), 'alive');
  t.deepEqual(await thisProcess({ fileSystem: fs }), self);
});

test('a process that has ended is gone', async (t) => {
  t.is(await liveness(await goneProcess(self), { self, fileSystem: fs }), 'gone');
});

test('a process in another space cannot be seen', async (t) => {
  t.is(await liveness({ ...self, space: '0'.repeat(16) }, { self, fileSystem: fs }), 'unknown');
});

test('where starts are told, a process that got the number of an ended one is another', async (t) => {
  if (self.start === undefined) {
    t.log('skipped: this system does not tell when a process started');
    t.pass();
    return;
  }
  t.is(await liveness({ ...self, start: '1' }, { self, fileSystem: fs }), 'gone');
});

test('where no start is known, a signal tells', async (t) => {
  const { space, pid } = self;
  t.is(await liveness({ space, pid }, { self, fileSystem: fs }), 'alive');
  t.is(await liveness({ space, pid: 2 ** 30 }, { self, fileSystem: fs }), 'gone');
});
