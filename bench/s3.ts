/**
 * Publishing to S3 beside `aws s3 cp` and `rclone copy`, on Ceph's gateway on this machine.
 *
 *     npx tsx bench/s3.ts [megabytes of a file, default 100] [files, default 20] [rounds, default 3]
 *
 * Ours stores a folder as publishing does: it takes the digest of every file, keeps it with the object, and looks whether the object is
 * there. Each tool runs with its defaults, and each round has names of its own.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openS3Store } from '../src/stores/open-s3-store.ts';
import { newBucket } from '../test/helpers/bucket.ts';
import { startGateway } from '../test/helpers/gateway.ts';

const run = promisify(execFile);
const [megabytes = 100, files = 20, rounds = 3] = process.argv.slice(2).map(Number);
const total = megabytes * files;
const gateway = await startGateway({ gigabytes: Math.ceil((total * 3.3 * rounds) / 1000) + 2 });
const folder = await fs.mkdtemp(join(tmpdir(), 'caldp-bench-'));
const { accessKeyId, secretAccessKey } = gateway.credentials;
// rclone does not start where another tool's certificates are set; everything is on this machine.
const inherited = { ...process.env };
delete inherited['AWS_CA_BUNDLE'];
const environment = {
  ...inherited,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_DEFAULT_REGION: 'us-east-1',
  RCLONE_CONFIG_GW_TYPE: 's3',
  RCLONE_CONFIG_GW_PROVIDER: 'Ceph',
  RCLONE_CONFIG_GW_ENDPOINT: gateway.endpoint,
  RCLONE_CONFIG_GW_ENV_AUTH: 'true',
};

async function ours(bucket: string, round: number): Promise<void> {
  const { endpoint, credentials } = gateway;
  const store = await openS3Store({ bucket, prefix: '' }, { endpoint, credentials });
  const names = await fs.readdir(folder);
  const sources = names.map((name) => ({ name, path: join(folder, name) }));
  await store.replaceFolder(`ours-${String(round)}`, sources);
}

const aws = process.env['AWS_CLI'] ?? 'aws';
const tools: Readonly<Record<string, (bucket: string, round: number) => Promise<unknown>>> = {
  caldp: ours,
  'aws s3 cp': (bucket, round) => {
    const target = `s3://${bucket}/aws-${String(round)}`;
    const args = ['s3', 'cp', '--recursive', '--quiet', folder, target];
    return run(aws, ['--endpoint-url', gateway.endpoint, ...args], { env: environment });
  },
  'rclone copy': (bucket, round) =>
    run('rclone', ['copy', folder, `gw:${bucket}/rclone-${String(round)}`], { env: environment }),
};

/** CPU seconds of this process and of the programs that it has waited for. */
function cpuSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const [, rest = ''] = stat.split(') ');
  const [user, system, children, childrenSystem] = rest.split(' ').slice(11, 15).map(Number);
  return ((user ?? 0) + (system ?? 0) + (children ?? 0) + (childrenSystem ?? 0)) / 100;
}

try {
  for (let index = 0; index < files; index += 1) {
    await fs.writeFile(join(folder, `f${index}.fits`), randomBytes(megabytes * 1_000_000));
  }
  const { name } = await newBucket(gateway);
  for (let round = 1; round <= rounds; round += 1) {
    for (const [tool, copy] of Object.entries(tools)) {
      const [began, cpu] = [performance.now(), cpuSeconds()];
      try {
        await copy(name, round);
        const seconds = (performance.now() - began) / 1000;
        const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0);
        const own = tool === 'caldp' ? `, peak RSS ${peak} MiB` : '';
        console.log(
          `round ${round} ${tool.padEnd(12)} ${seconds.toFixed(1)} s  ${(total / seconds).toFixed(0)} MB/s  ${(cpuSeconds() - cpu).toFixed(1)} CPU s${own}`,
        );
      } catch (error) {
        console.log(
          `round ${round} ${tool.padEnd(12)} not measured: ${String(error).slice(0, 1200)}`,
        );
      }
    }
  }
} finally {
  await gateway.stop();
  await fs.rm(folder, { recursive: true, force: true });
}
