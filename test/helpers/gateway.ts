import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './until.ts';

const run = promisify(execFile);

/** A private S3 service: Ceph's gateway with one monitor and one object server that keeps everything in memory. */
export interface Gateway {
  readonly port: number;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Runs `radosgw-admin`. */
  admin(args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Whether the programs are there. */
export function hasGateway(): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph'].every((program) =>
    folders.some((folder) => existsSync(join(folder, program))),
  );
}

const credentials = {
  accessKeyId: 'AKIATESTACCESSKEY000',
  secretAccessKey: 'testsecretkey0000000000000000000000000000',
};

/** Starts a gateway on a free port of this machine; takes a second or two. What is removed keeps its room. */
export async function startGateway({
  gigabytes = 4,
}: { readonly gigabytes?: number } = {}): Promise<Gateway> {
  const folder = await mkdtemp(join(tmpdir(), 'caldp-gateway-'));
  for (const name of ['mon.a', 'osd.0', 'log', 'run', 'rgw']) await mkdir(join(folder, name));
  const port = await freePort();
  const id = (await run('cat', ['/proc/sys/kernel/random/uuid'])).stdout.trim();
  const monitor = await freePort();
  const configuration = join(folder, 'ceph.conf');
  await writeFile(configuration, configurationText({ folder, id, port, monitor, gigabytes }));
  await writeFile(join(folder, 'keyring'), '');
  const children: ChildProcess[] = [];
  const end = (): void => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.once('exit', end);
  const start = (program: string, args: readonly string[]): void => {
    const options = { stdio: 'ignore' as const };
    children.push(spawn(program, ['--conf', configuration, ...args, '-f'], options));
  };
  const once = (program: string, args: readonly string[]): Promise<{ stdout: string }> =>
    run(program, ['--conf', configuration, ...args], { timeout: 60_000 });
  await startMonitor({ folder, id, monitor, once, start });
  const uuid = (await run('cat', ['/proc/sys/kernel/random/uuid'])).stdout.trim();
  await once('ceph', ['osd', 'new', uuid]);
  await once('ceph-osd', ['-i', '0', '--mkfs', '--osd-uuid', uuid]);
  start('ceph-osd', ['-i', '0']);
  start('radosgw', ['-n', 'client.rgw']);
  const admin = async (args: readonly string[]): Promise<string> =>
    (await once('radosgw-admin', ['-n', 'client.rgw', ...args])).stdout;
  const { accessKeyId, secretAccessKey } = credentials;
  const keys = [`--access-key=${accessKeyId}`, `--secret-key=${secretAccessKey}`];
  await admin(['user', 'create', '--uid=test', '--display-name=test', ...keys]);
  const endpoint = `http://127.0.0.1:${port}`;
  await until(() => answers(endpoint), { deadline: 60_000 });
  return {
    port,
    endpoint,
    credentials,
    admin,
    stop: async () => {
      end();
      process.off('exit', end);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startMonitor(options: {
  readonly folder: string;
  readonly id: string;
  readonly monitor: number;
  readonly once: (program: string, args: readonly string[]) => Promise<unknown>;
  readonly start: (program: string, args: readonly string[]) => void;
}): Promise<void> {
  const { folder, id, monitor, once, start } = options;
  const map = join(folder, 'monmap');
  const address = `[v2:127.0.0.1:${monitor}]`;
  await run('monmaptool', ['--create', '--clobber', '--fsid', id, '--addv', 'a', address, map]);
  const keyring = join(folder, 'keyring');
  await once('ceph-mon', ['-i', 'a', '--mkfs', '--monmap', map, '--keyring', keyring]);
  start('ceph-mon', ['-i', 'a']);
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(endpoint)).status < 500;
  } catch {
    // It does not listen yet.
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP port.');
  return address.port;
}

function configurationText(options: {
  readonly folder: string;
  readonly id: string;
  readonly port: number;
  readonly monitor: number;
  readonly gigabytes: number;
}): string {
  const { folder, id, port, monitor, gigabytes } = options;
  return `[global]
fsid = ${id}
mon host = [v2:127.0.0.1:${monitor}]
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
ms mon service mode = crc
ms mon cluster mode = crc
ms client mode = crc
public network = 127.0.0.0/8
cluster network = 127.0.0.0/8
ms bind ipv6 = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
paxos propose interval = 0.02
paxos min wait = 0.01
mon data avail warn = 1
mon data avail crit = 1
log to file = true
log file = ${folder}/log/$name.log
admin socket = ${folder}/run/$name.asok
pid file = ${folder}/run/$name.pid
run dir = ${folder}/run
crash dir = ${folder}/run
keyring = ${folder}/keyring
debug default = 0
[mon]
mon data = ${folder}/mon.$id
[osd]
osd data = ${folder}/osd.$id
osd objectstore = memstore
memstore device bytes = ${gigabytes * 2 ** 30}
osd class load list = *
osd class default list = *
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:${port} tcp_nodelay=1
rgw thread pool size = 64
rgw data = ${folder}/rgw
rgw enable usage log = false
rgw enable ops log = false
rgw dynamic resharding = false
rgw run sync thread = false
rgw enable lc threads = false
rgw relaxed s3 bucket names = true
rgw override bucket index max shards = 1
`;
}
