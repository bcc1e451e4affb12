import type { SourceProblem } from '../source-problem.ts';

/** What it means that a folder of the drop cannot be read, or undefined where it is merely gone. */
export function folderProblem(
  error: unknown,
  { folder, isRoot }: { readonly folder: string; readonly isRoot: boolean },
): SourceProblem | undefined {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const { code } = error;
  const gone = code === 'ENOENT' || code === 'ENOTDIR';
  if (gone && !isRoot) return undefined;
  if (gone) {
    return {
      code: 'WATCH_ROOT_MISSING',
      subject: folder,
      message: `The drop folder \`${folder}\` ${code === 'ENOENT' ? 'is not there' : 'is not a folder'}.`,
      advice: 'Make it, or mount what should be there; it is looked for again at every scan.',
    };
  }
  return {
    code: 'WATCH_UNREADABLE',
    subject: folder,
    message: `The folder \`${folder}\` cannot be read: ${error.message}.`,
    advice:
      'Give the user that runs caldp permission to list it, or look at the health of that file system.',
  };
}
