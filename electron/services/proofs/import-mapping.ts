/** Every mapping that is kept was written by an entry of the trail with the same content. */
import type { ReadableDb } from '../../db/open.ts';
import type { TableProof } from './table-proof.ts';

const selectMappings = `SELECT key, value FROM meta WHERE key LIKE 'import-mapping.%'`;

export function createMappingProof(): TableProof {
  const written = new Map<string, string>();
  return {
    tables: ['meta'],
    actions: ['mapping.saved'],
    read: ({ detail }) => {
      written.set(`import-mapping.${String(detail?.['id'])}`, String(detail?.['body']));
    },
    problems: (db: ReadableDb) => {
      const problems: string[] = [];
      const missing = new Set(written.keys());
      for (const [key, value] of db.prepare<[], [string, string]>(selectMappings).raw().all()) {
        missing.delete(key);
        if (written.get(key) !== value) problems.push(`${key} is stored otherwise than the trail says.`);
      }
      for (const key of missing) problems.push(`${key} is in the trail and not stored.`);
      return problems;
    },
  };
}
