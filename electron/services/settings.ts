/** The settings of a site. Absent or unreadable ones have their usual value. */
import { auditEvent } from '#shared/audit.ts';
import { settingSchemas, type SettingName, type Settings } from '#shared/settings.ts';
import type { Moment } from '../clock.ts';
import type { ReadableDb } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import type { Actor, Site } from './site.ts';

const prefix = 'setting.';
const selectSetting = 'SELECT value FROM meta WHERE key = ?';
const upsertSetting =
  'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';

export function readSettings(db: ReadableDb): Settings {
  const names = Object.keys(settingSchemas) as readonly SettingName[]; // the schemas' own keys
  return Object.fromEntries(names.map((name) => [name, readSetting(db, name)])) as Settings; // one entry for each schema
}

export function readSetting<Name extends SettingName>(db: ReadableDb, name: Name): Settings[Name] {
  const schema = settingSchemas[name];
  const stored = parse(
    prepared<[string], string>(db, selectSetting)
      .pluck()
      .get(prefix + name),
  );
  const parsed = schema.safeParse(stored);
  return (parsed.success ? parsed.data : schema.parse(undefined)) as Settings[Name]; // of the schema of that name
}

/** After how many days a password is too old; 0: never. Those of a practice site are printed beside the names, and stay as they are. */
export function maxAgeDaysOf({ db, practice }: Pick<Site, 'db' | 'practice'>): number {
  return practice ? 0 : readSetting(db, 'passwordMaxAgeDays');
}

/** In a transaction of its own; the same value again changes nothing. */
export function changeSetting<Name extends SettingName>(
  { site, user, role }: Actor,
  name: Name,
  value: Settings[Name],
  moment: Moment,
): void {
  const before = JSON.stringify(readSetting(site.db, name));
  const after = JSON.stringify(value);
  if (before === after) return;
  site.db
    .transaction(() => {
      site.db.prepare(upsertSetting).run(prefix + name, after);
      const detail = { setting: name, old: before, new: after };
      site.trail.append([
        auditEvent(site.trail.stamp({ user, role }, moment), 'setting.changed', { origin: 'system', detail }),
      ]);
    })
    .immediate();
}

function parse(json: string | undefined): unknown {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    // Altered from outside: the usual value holds until `verify` has named it.
    return undefined;
  }
}
