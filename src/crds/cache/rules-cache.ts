import { join } from 'node:path';
import { isMissing } from '../../inputs/is-missing.ts';
import type { CrdsTools } from '../crds-tools.ts';
import type { RulesReader } from '../rules/rules-reader.ts';

/**
 * Reads rules from the cache; what it lacks is read straight from `CRDS_MAPPING_URI` where S3 is enabled, else fetched into the
 * cache from the server.
 */
export function rulesCache(tools: CrdsTools): RulesReader {
  return {
    read: async (name, { signal }) => {
      const path = join(tools.settings.folders.mappings, name);
      try {
        return await tools.fileSystem.readFile(path, { signal });
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
      // Loaded when it is needed: with a full cache it never is.
      const { fetchRules } = await import('./fetch-rules.ts');
      return fetchRules(name, path, { tools, signal });
    },
  };
}
