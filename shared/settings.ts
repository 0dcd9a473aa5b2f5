/** What a site can set for itself. Kept as text in the table meta under "setting."; each change is an entry of the trail. */
import { z } from 'zod';

export const leastIdleMinutes = 1;

export const settingSchemas = {
  /** A password older than this has to be changed at the next sign-in; 0: never. */
  passwordMaxAgeDays: z.int().min(0).max(3650).default(365),
  /** A session without key or mouse is locked after this time. */
  idleMinutes: z.int().min(leastIdleMinutes).max(120).default(10),
  /** Where backups go beside the site folder's own: full paths, a second drive or a share among them. */
  backupFolders: z.array(z.string().min(1).max(4000)).max(4).default([]),
  backupEveryMinutes: z.int().min(5).max(1440).default(60),
  /** Of all forms, drawn at random, how many are entered a second time: 0 to 1. */
  secondEntryShare: z.number().min(0).max(1).default(0),
} as const;

export type SettingName = keyof typeof settingSchemas;
export type Settings = { readonly [Name in SettingName]: z.infer<(typeof settingSchemas)[Name]> };
