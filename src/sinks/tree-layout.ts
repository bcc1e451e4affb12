import { dataFolder } from '../hst/dataset-name.ts';
import type { Layout } from './layout.ts';

/** The tree that CALDP's users know: a folder a state, a folder a dataset. */
export const treeLayout: Layout = {
  name: 'tree',
  messageKey: (state, id) => `messages/dataset-${state}/${id}`,
  messageFolder: (state) => `messages/dataset-${state}`,
  messageId: (state, key) => {
    const [, id] = key.split(`messages/dataset-${state}/`);
    return id;
  },
  takeoverFolder: (id) => `messages/dataset-takeover/${id}`,
  messageHomes: [
    { folder: 'messages', depth: 1 },
    { folder: 'messages/dataset-takeover', depth: 1 },
  ],
  requestKeys: (id) => [`messages/dataset-submitted/${id}`],
  dataFolder: (dataset) => `data/${dataFolder(dataset)}/${dataset.id}`,
  dataHomes: [{ folder: 'data', depth: 1 }],
  manifest: 'logs/manifest.json',
  logName: (file) => `logs/${file}`,
  tarball: () => undefined,
  processedBody: () => '',
};
