import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';

/** A running program of `test/fixtures`. */
export interface FixtureProcess {
  /** The next line it says; throws when it ends without one. */
  line(): Promise<string>;
  say(text: string): void;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts a program of `test/fixtures`; it is killed when the test ends. */
export function startFixture(
  t: ExecutionContext,
  options: { readonly name: string; readonly args: readonly string[] },
): FixtureProcess {
  const script = fileURLToPath(new URL(`../fixtures/${options.name}`, import.meta.url));
  const child = spawn(process.execPath, ['--import=tsx/esm', script, ...options.args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = once(child, 'exit');
  const reader: Interface = createInterface(child.stdout);
  const lines = reader[Symbol.asyncIterator]();
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  t.teardown(kill);
  return {
    kill,
    say: (text) => child.stdin.write(text),
    line: async () => {
      const next = await lines.next();
      if (next.done === true) throw new Error(`\`${options.name}\` ended without a line.`);
      return next.value;
    },
  };
}
