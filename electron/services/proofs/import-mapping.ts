/** Every mapping that is kept was written by an entry of the trail with the same content. */
import type { ReadableDb } from '../../db/open.ts';
import { mappingPrefix } from '../import/mappings.ts';
import type { TableProof } from './table-proof.ts';

const selectMeta = 'SELECT key, value FROM meta';

export function createMappingProof(): TableProof {
  const written = new Map<string, string>();
  return {
    tables: ['meta'],
    actions: ['mapping.saved'],
    read: ({ detail }) => {
      written.set(mappingPrefix + String(detail?.['id']), String(detail?.['body']));
    },
    problems: (db: ReadableDb) => {
      const problems: string[] = [];
      const missing = new Set(written.keys());
      // Not by LIKE, to which another case of letters is the same.
      for (const [key, value] of db.prepare<[], [string, string]>(selectMeta).raw().all()) {
        if (!key.startsWith(mappingPrefix)) continue;
        missing.delete(key);
        if (written.get(key) !== value) problems.push(`${key} is stored otherwise than the trail says.`);
      }
      for (const key of missing) problems.push(`${key} is in the trail and not stored.`);
      return problems;
    },
  };
}
