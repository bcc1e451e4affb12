import * as fs from 'node:fs/promises';
import type { Warning } from '../errors/warning.ts';
import type { FileSystem } from '../ports/file-system.ts';
import type { CrdsSettings } from './configuration/crds-settings.ts';
import type { CrdsTools } from './crds-tools.ts';
import { loadServerInfo } from './server/load-server-info.ts';
import { rpcClient } from './server/rpc-client.ts';
import type { ServerInfo } from './server/server-info.ts';
import { httpFetcher } from './transfer/http-fetcher.ts';
import type { UriFetcher } from './transfer/uri-fetcher.ts';

/** What reference assignment is opened with. */
export interface OpenCrdsOptions {
  /** Ends everything that is under way. */
  readonly signal: AbortSignal;
  /** Called when something is odd that is no failure. */
  readonly warn: (warning: Warning) => void;
  /** Fetchers for further schemes, such as `s3`; `http` and `https` are there. */
  readonly fetchers?: ReadonlyMap<string, UriFetcher>;
  /** URI of a folder that names the context where nothing else does, by a file `hst_0729.pmap` in it. */
  readonly contextFolder?: string | undefined;
  /** Default: that of this machine. */
  readonly fileSystem?: FileSystem;
  /** How long a sender may send nothing, in ms; default 120 s. */
  readonly stallMs?: number;
}

/** Puts together what the parts of reference assignment share; asks nothing and reads nothing yet. */
export function openCrds(settings: CrdsSettings, options: OpenCrdsOptions): CrdsTools {
  const { fileSystem = fs, stallMs = 120_000 } = options;
  const http = httpFetcher({ stallMs });
  const fetchers = new Map([['http', http], ['https', http], ...(options.fetchers ?? [])]);
  const rpc = rpcClient(settings);
  const warn = (message: string): void => {
    options.warn({ code: 'CRDS_SERVER_NOT_ASKED', message });
  };
  let loading: Promise<ServerInfo> | undefined;
  const info = async (): Promise<ServerInfo> => {
    loading ??= loadServerInfo(settings, {
      fileSystem,
      fetchers,
      rpc,
      signal: options.signal,
      warn,
    });
    try {
      return await loading;
    } catch (error) {
      // A failure is not kept: the server may answer the next time.
      loading = undefined;
      throw error;
    }
  };
  return {
    settings,
    fileSystem,
    fetchers,
    rpc,
    info,
    contextFolder: options.contextFolder,
  };
}
