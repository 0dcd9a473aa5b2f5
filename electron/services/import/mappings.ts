/** Mappings are kept with the study, each under the hash of its content: what was imported by one can be told for ever. */
import { ImportMapping } from '#shared/import-mapping.ts';
import type { SavedMapping } from '#shared/contract/imports.ts';
import type { Moment } from '../../clock.ts';
import type { ReadableDb } from '../../db/open.ts';
import { sha256 } from '../trail.ts';
import type { Actor } from '../site.ts';

export const mappingPrefix = 'import-mapping.';
const selectMappings = `SELECT key, value FROM meta WHERE key LIKE 'import-mapping.%' ORDER BY key`;
const insertMapping = 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING';
const idLength = 16;

/** Within the caller's transaction; one that is kept already leaves no second entry. */
export function keepMapping({ site, user, role }: Actor, mapping: ImportMapping, moment: Moment): string {
  const { id, body } = identify(mapping);
  const { changes } = site.db.prepare(insertMapping).run(mappingPrefix + id, body);
  if (changes > 0)
    site.trail.note({ user, role }, moment, 'mapping.saved', { detail: { id, name: mapping.name, body } });
  return id;
}

export function identify(mapping: ImportMapping): { readonly id: string; readonly body: string } {
  const body = JSON.stringify(mapping);
  return { id: sha256(body).slice(0, idLength), body };
}

export function savedMappings(db: ReadableDb): readonly SavedMapping[] {
  return db
    .prepare<[], [string, string]>(selectMappings)
    .raw()
    .all()
    .flatMap(([key, value]) => {
      const parsed = ImportMapping.safeParse(parse(value));
      return parsed.success ? [{ id: key.slice(mappingPrefix.length), mapping: parsed.data }] : [];
    })
    .sort((a, b) => (a.mapping.name < b.mapping.name ? -1 : 1));
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    // Altered from outside: `verify` names it.
    return null;
  }
}
