import { watch } from 'chokidar';
import { dirname, resolve } from 'node:path';

/** Somebody who tells at once which paths may have changed, as far as the system tells. */
export interface ChangeHints {
  close(): Promise<void>;
}

/**
 * Has the system tell of changes below a folder. Only folders are watched, one watch each, however many files they hold. What it
 * tells is neither complete nor always true: files in folders that were just made are missed.
 *
 * @param options.onHint - gets the path of a file or folder
 * @param options.onFailure - the system cannot tell any more, for want of watches or for another reason; called once
 */
export function startHints(
  root: string,
  options: {
    readonly depth: number;
    readonly onHint: (path: string) => void;
    readonly onFailure: (error: unknown) => void;
  },
): ChangeHints {
  const { depth, onHint, onFailure } = options;
  let failed = false;
  const watcher = watch(root, {
    depth,
    ignoreInitial: true,
    followSymlinks: false,
    // Without statistics the answer has to be no: a folder would be left out.
    ignored: (path, stats) => stats !== undefined && !stats.isDirectory() && path !== root,
  });
  watcher.on('raw', (_event, path, details: unknown) => {
    onHint(typeof path === 'string' ? resolve(watchedPath(details) ?? root, path) : root);
  });
  watcher.on('addDir', (path) => {
    onHint(path);
    onHint(dirname(path));
  });
  watcher.on('error', (error) => {
    if (failed) return;
    failed = true;
    onFailure(error);
  });
  return { close: () => watcher.close() };
}

function watchedPath(details: unknown): string | undefined {
  if (typeof details !== 'object' || details === null || !('watchedPath' in details)) {
    return undefined;
  }
  return typeof details.watchedPath === 'string' ? details.watchedPath : undefined;
}
