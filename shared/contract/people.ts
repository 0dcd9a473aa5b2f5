/** Accounts, their roles and passwords, and the settings of the site. */
import { z } from 'zod';
import { roles } from '../permissions.ts';
import type { PeopleList, RightsOn } from '../people.ts';
import { settingSchemas, type Settings } from '../settings.ts';
import { Name, Nothing, Password, Reason, gives } from './method.ts';

const Roles = z.array(z.enum(roles)).min(1).max(roles.length);
const Account = { user: Name };

/** One setting by name, with a value that fits it. */
const SettingChange = z.discriminatedUnion('setting', [
  z.strictObject({
    setting: z.literal('passwordMaxAgeDays'),
    value: settingSchemas.passwordMaxAgeDays.unwrap(),
  }),
  z.strictObject({ setting: z.literal('idleMinutes'), value: settingSchemas.idleMinutes.unwrap() }),
  z.strictObject({ setting: z.literal('backupFolders'), value: settingSchemas.backupFolders.unwrap() }),
  z.strictObject({
    setting: z.literal('backupEveryMinutes'),
    value: settingSchemas.backupEveryMinutes.unwrap(),
  }),
  z.strictObject({ setting: z.literal('secondEntryShare'), value: settingSchemas.secondEntryShare.unwrap() }),
]);

export const peopleContract = {
  'people.list': gives<PeopleList>()('people.manage', Nothing),
  /** The password is made by the administrator; the person has to choose another at the first sign-in. */
  'people.create': gives<PeopleList>()(
    'people.manage',
    z.strictObject({ ...Account, fullName: Name, roles: Roles, password: Password }),
  ),
  /** Changes the full name; the user name stays as it is for ever. */
  'people.rename': gives<PeopleList>()('people.manage', z.strictObject({ ...Account, fullName: Name })),
  'people.setRoles': gives<PeopleList>()(
    'people.manage',
    z.strictObject({ ...Account, roles: Roles, reason: Reason }),
  ),
  /** Closes an account at once: its key slot is removed, and a session of theirs ends at its next call. */
  'people.disable': gives<PeopleList>()('people.manage', z.strictObject({ ...Account, reason: Reason })),
  'people.enable': gives<PeopleList>()(
    'people.manage',
    z.strictObject({ ...Account, reason: Reason, password: Password }),
  ),
  'people.setPassword': gives<PeopleList>()(
    'people.manage',
    z.strictObject({ ...Account, reason: Reason, password: Password }),
  ),
  /** Makes a new recovery key in place of the old one. Asks for the password of whoever does it. */
  'people.recoveryKey': gives<{ recoveryKey: string }>()(
    'people.manage',
    z.strictObject({ password: Password }),
  ),
  /** Who had which roles and verbs on a day of the site's calendar, folded from the trail. */
  'people.rightsOn': gives<RightsOn>()('audit.read', z.strictObject({ date: z.iso.date() })),
  'settings.get': gives<Settings>()('signed-in', Nothing),
  'settings.change': gives<Settings>()('settings.change', SettingChange),
} as const;
