/** Presets of exports: each is what the newest entry about its name says, and none is left of one that was removed. */
import type { TableProof } from './table-proof.ts';

interface Row {
  readonly name: string;
  readonly wish: string;
  readonly user: string;
  readonly saved_at: number;
}
const selectPresets = 'SELECT name, wish, user, saved_at FROM export_preset ORDER BY name';

export function exportPresetProof(): TableProof {
  const saved = new Map<string, string>();
  return {
    tables: ['export_preset'],
    actions: ['preset.saved', 'preset.removed'],
    read: ({ action, detail, user, at }) => {
      const name = String(detail?.['name']);
      if (action === 'preset.removed') saved.delete(name);
      else saved.set(name, JSON.stringify([detail?.['wish'], user, Date.parse(at)]));
    },
    problems: (db) => {
      const rows = db.prepare<[], Row>(selectPresets).all();
      const stored = new Set(rows.map(({ name }) => name));
      return [
        ...rows
          .filter(
            ({ name, wish, user, saved_at }) => saved.get(name) !== JSON.stringify([wish, user, saved_at]),
          )
          .map(({ name }) => `The preset ${name} of exports is not what the trail gives.`),
        ...[...saved.keys()]
          .filter((name) => !stored.has(name))
          .map((name) => `The preset ${name} of exports is in the trail and not stored.`),
      ];
    },
  };
}
