import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import { skip } from './needs.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';

/** How a command of the engine ended; standard output and error together, as they came. */
export interface EngineAnswer {
  readonly exitCode: number | undefined;
  readonly text: string;
}

/** Containers of the image under test, whose folders are the same for all of a test. */
export interface ContainerSite {
  /** Path of a folder that containers see as `/<name>`. */
  readonly folder: (name: 'archive' | 'drop' | 'simulated' | 'work') => string;
  /** Runs a command in a container of its own until it ends. */
  readonly once: (...command: readonly string[]) => Promise<EngineAnswer>;
  /** Starts a container that goes on. */
  readonly start: (...command: readonly string[]) => Promise<StartedContainer>;
}

/** A container that was started. */
export interface StartedContainer {
  readonly signal: (signal: string) => Promise<void>;
  readonly log: () => Promise<string>;
  /** The exit code of its process, when that has ended. */
  readonly ended: () => Promise<number>;
  /** Starts it again after it has ended. */
  readonly again: () => Promise<void>;
  /** Runs in it what the image declares as its HEALTHCHECK. */
  readonly health: () => Promise<EngineAnswer>;
}

/** The image is read only to its containers, which may do nothing that root may and reach no network. */
const hardened = [
  ...['--read-only', '--tmpfs=/tmp', '--cap-drop=all', '--security-opt=no-new-privileges'],
  ...['--network=none', '--env=CALDP_HOME=/work'],
];

/**
 * A place for containers of the image that `CALDP_TEST_IMAGE` names, or undefined after saying that the test is skipped.
 * `CALDP_TEST_ENGINE` is the command of the engine with its options (default `docker`), `CALDP_TEST_RUN_OPTIONS` are further
 * options of its `run`.
 */
export async function containerSite(t: ExecutionContext): Promise<ContainerSite | undefined> {
  const image = process.env['CALDP_TEST_IMAGE'];
  if (image === undefined) {
    skip(t, 'CALDP_TEST_IMAGE names no image of caldp');
    return undefined;
  }
  const place = await temporaryFolder(t);
  const mounts: string[] = [];
  for (const name of ['archive', 'drop', 'simulated', 'work']) {
    await mkdir(join(place, name));
    // The user of the image has another number than that of the test.
    await chmod(join(place, name), 0o777);
    mounts.push(`--volume=${join(place, name)}:/${name}${name === 'drop' ? ':ro' : ''}`);
  }
  const options = [...hardened, ...mounts, ...words('CALDP_TEST_RUN_OPTIONS')];
  return {
    folder: (name) => join(place, name),
    once: (...command) => engine('run', '--rm', ...options, image, ...command),
    start: async (...command) => {
      const { text, exitCode } = await engine('run', '--detach', ...options, image, ...command);
      const id = /^[0-9a-f]{12,}$/m.exec(text)?.[0];
      if (exitCode !== 0 || id === undefined) throw new Error(`No container: ${text}`);
      t.teardown(() => engine('rm', '--force', id));
      return startedContainer(id);
    },
  };
}

function startedContainer(id: string): StartedContainer {
  return {
    signal: async (signal) => {
      await engine('kill', `--signal=${signal}`, id);
    },
    log: async () => (await engine('logs', id)).text,
    ended: async () => {
      const state = async (): Promise<string> =>
        (await engine('inspect', '--format={{.State.Status}} {{.State.ExitCode}}', id)).text;
      await until(async () => /^exited \d+$/m.test(await state()), { deadline: 60_000 });
      return Number(/^exited (\d+)$/m.exec(await state())?.[1]);
    },
    again: async () => {
      await engine('start', id);
    },
    health: async () => {
      const { text } = await engine('inspect', '--format={{json .Config.Healthcheck.Test}}', id);
      const [, ...command] = JSON.parse(/^\[.*\]$/m.exec(text)?.[0] ?? '[]') as readonly string[];
      return engine('exec', id, ...command);
    },
  };
}

async function engine(...args: readonly string[]): Promise<EngineAnswer> {
  const [program = 'docker', ...options] = words('CALDP_TEST_ENGINE');
  const { all, exitCode } = await execa(program, [...options, ...args], {
    all: true,
    reject: false,
  });
  return { exitCode, text: all };
}

function words(variable: string): readonly string[] {
  return (process.env[variable] ?? '').split(' ').filter((word) => word !== '');
}
