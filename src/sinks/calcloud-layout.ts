import type { Layout, MessageState } from './layout.ts';

/** What CALCLOUD puts around an id: it starts its ingest when a name that ends in `.trigger` appears. */
const marks: Readonly<Record<MessageState, readonly [string, string]>> = {
  processing: ['processing-', ''],
  processed: ['processed-', '.trigger'],
  error: ['error-', ''],
  synced: ['synced-', ''],
  archived: ['ingested-', ''],
};

/** The names that CALDP's code and CALCLOUD use: flat messages, one tarball a dataset with its logs beside it. */
export const calcloudLayout: Layout = {
  name: 'calcloud',
  messageKey: (state, id) => `messages/${marks[state].join(id)}`,
  messageFolder: () => 'messages',
  messageId: (state, key) => {
    const [before, after] = marks[state];
    const name = key.slice('messages/'.length);
    if (!name.startsWith(before) || !name.endsWith(after)) return undefined;
    return name.slice(before.length, name.length - after.length);
  },
  takeoverFolder: (id) => `control/takeover/${id}`,
  messageHomes: [
    { folder: 'messages', depth: 0 },
    { folder: 'control/takeover', depth: 1 },
  ],
  requestKeys: (id) => [`messages/submit-${id}`, `messages/placed-${id}`],
  dataFolder: ({ id }) => `outputs/${id}`,
  dataHomes: [{ folder: 'outputs', depth: 0 }],
  manifest: 'manifest.json',
  logName: (file) => file,
  tarball: ({ id }) => `${id}.tar.gz`,
  processedBody: ({ id }, { data }) => `${data}/${id}.tar.gz\n`,
};
