/** Choices of exports under a name, for everybody at the site. */
import { canonicalJson } from '#shared/audit.ts';
import type { SavedPreset } from '#shared/contract/exports.ts';
import { ExportWish } from '#shared/export-choices.ts';
import { refuse } from '../../app-error.ts';
import { readMoment, toIsoUtc, type Clock } from '../../clock.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { Actor } from '../site.ts';

const selectPresets = 'SELECT name, wish, user, saved_at AS savedAt FROM export_preset ORDER BY name';
const upsertPreset = `
  INSERT INTO export_preset (name, wish, user, saved_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (name) DO UPDATE SET wish = excluded.wish, user = excluded.user, saved_at = excluded.saved_at`;
const deletePreset = 'DELETE FROM export_preset WHERE name = ?';

interface Row {
  readonly name: string;
  readonly wish: string;
  readonly user: string;
  readonly savedAt: number;
}

/** One that this version can't read is left out: `verify` tells when it was altered from outside. */
export function listPresets(db: ReadableDb): readonly SavedPreset[] {
  return db
    .prepare<[], Row>(selectPresets)
    .all()
    .flatMap(({ name, wish, user, savedAt }) => {
      const parsed = ExportWish.safeParse(readJson(wish));
      return parsed.success ? [{ name, wish: parsed.data, user, savedAt: toIsoUtc(savedAt) }] : [];
    });
}

export function findPreset(db: ReadableDb, name: string): SavedPreset {
  const found = listPresets(db).find((preset) => preset.name === name);
  if (found === undefined) throw refuse('export-preset-unknown', { name });
  return found;
}

/** One of the same name is replaced; saved again as it is, it leaves no second entry. */
export function savePreset({ site, user, role }: Actor, clock: Clock, name: string, wish: ExportWish): void {
  const text = canonicalJson(wish);
  const moment = readMoment(clock);
  site.db
    .transaction(() => {
      const known = site.db.prepare<[], Row>(selectPresets).all();
      if (known.some((row) => row.name === name && row.wish === text)) return;
      site.db.prepare(upsertPreset).run(name, text, user, moment.at);
      site.trail.note({ user, role }, moment, 'preset.saved', { detail: { name, wish: text } });
    })
    .immediate();
}

export function removePreset({ site, user, role }: Actor, clock: Clock, name: string): void {
  site.db
    .transaction(() => {
      if (site.db.prepare(deletePreset).run(name).changes === 0)
        throw refuse('export-preset-unknown', { name });
      site.trail.note({ user, role }, readMoment(clock), 'preset.removed', { detail: { name } });
    })
    .immediate();
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Altered from outside.
    return null;
  }
}
