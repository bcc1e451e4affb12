import nodeFileSystem from 'node:fs/promises';
import test from 'ava';
import { hasToBePolled, mountType, typeIn } from '../../../src/sources/watch/mount-type.ts';

const table = [
  '27 1 254:0 / / rw,relatime - ext4 /dev/vda rw',
  '30 27 0:25 / /mnt/drop rw shared:1 - nfs4 server:/drop rw,vers=4.2',
  '31 30 0:26 / /mnt/drop/local rw - xfs /dev/vdb rw',
  '32 27 0:27 / /mnt/with\\040blank rw - fuse.sshfs user@host: rw',
  '33 27 0:28 / /over rw - tmpfs tmpfs rw',
  '34 33 0:29 / /over rw - cifs //server/share rw',
].join('\n');

for (const [path, type] of [
  ['/home/drop', 'ext4'],
  ['/mnt/drop', 'nfs4'],
  ['/mnt/drop/x/y', 'nfs4'],
  ['/mnt/dropped', 'ext4'],
  ['/mnt/drop/local/x', 'xfs'],
  ['/mnt/with blank/x', 'fuse.sshfs'],
  ['/over', 'cifs'],
] as const) {
  test(`${path} is on ${type}`, (t) => {
    t.is(typeIn(table, { path }), type);
  });
}

test('file systems that other machines write to are polled, others are not', (t) => {
  for (const type of ['nfs', 'nfs4', 'cifs', 'smb3', 'fuse.sshfs', 'fuse', '9p']) {
    t.true(hasToBePolled(type), type);
  }
  for (const type of ['ext4', 'xfs', 'btrfs', 'tmpfs', 'overlay', 'zfs', '']) {
    t.false(hasToBePolled(type), type);
  }
});

test('this machine has a root file system', async (t) => {
  const type = await mountType('/', { fileSystem: nodeFileSystem });
  t.true(process.platform !== 'linux' || (type ?? '') !== '');
});
