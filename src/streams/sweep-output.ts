import { CaldpError } from '../errors/caldp-error.ts';
import type { DataTree } from '../sinks/data-tree.ts';
import type { MessageTree } from '../sinks/message-tree.ts';
import type { TransferOptions } from '../stores/store.ts';

/**
 * Clears what was cut short in the output, by a process that died or by a failure of this one: what is not complete goes, and a dataset
 * that was put aside when its successor was not yet in place comes back. What is being worked on is left alone.
 *
 * @returns what was done and what could not be done, one sentence each.
 */
export async function sweepOutput(
  { data, messages }: { readonly data: DataTree; readonly messages: MessageTree },
  options: TransferOptions = {},
): Promise<readonly string[]> {
  return [...(await swept(data, options)), ...(await swept(messages, options))];
}

async function swept(
  tree: Pick<DataTree, 'sweep'>,
  options: TransferOptions,
): Promise<readonly string[]> {
  try {
    return (await tree.sweep(options)).map(
      (what) => `Something was cut short in the output: ${what}.`,
    );
  } catch (error) {
    if (error instanceof CaldpError) return [`${error.message} ${error.advice}`];
    throw error;
  }
}
