import type * as fs from 'node:fs/promises';

/**
 * The file operations that inputs, work directories and stores use. The real one is `node:fs/promises` itself;
 * tests wrap it to make the n-th operation fail.
 */
export type FileSystem = Pick<
  typeof fs,
  | 'access'
  | 'chmod'
  | 'copyFile'
  | 'link'
  | 'lstat'
  | 'mkdir'
  | 'open'
  | 'opendir'
  | 'readFile'
  | 'readdir'
  | 'realpath'
  | 'rename'
  | 'rm'
  | 'rmdir'
  | 'stat'
  | 'statfs'
  | 'symlink'
  | 'unlink'
  | 'writeFile'
>;
