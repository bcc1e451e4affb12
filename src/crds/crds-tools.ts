import type { FileSystem } from '../ports/file-system.ts';
import type { CrdsSettings } from './configuration/crds-settings.ts';
import type { RpcClient } from './server/rpc-client.ts';
import type { ServerInfo } from './server/server-info.ts';
import type { Fetchers } from './transfer/fetchers.ts';

/** What the parts of reference assignment share. */
export interface CrdsTools {
  readonly settings: CrdsSettings;
  readonly fileSystem: FileSystem;
  readonly fetchers: Fetchers;
  /** A folder that holds an object with the name of the context, for where nothing else names it. */
  readonly contextFolder: string | undefined;
  readonly rpc: RpcClient;
  /** What the server tells; got when first asked for. */
  readonly info: () => Promise<ServerInfo>;
}
