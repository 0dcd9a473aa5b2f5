/** Accounts and settings: the handlers of shared/contract/people.ts. */
import type { peopleContract } from '#shared/contract/people.ts';
import { readMoment, type Clock } from '../clock.ts';
import type { ScryptCost } from '../db/keyring.ts';
import type { Handlers } from '../dispatch.ts';
import { createAccounts } from '../services/accounts.ts';
import { rightsOn } from '../services/rights.ts';
import { changeSetting, readSettings } from '../services/settings.ts';
import { by } from './by.ts';

export function peopleMethods(outside: {
  readonly clock: Clock;
  readonly cost: ScryptCost;
}): Pick<Handlers, keyof typeof peopleContract> {
  const accounts = createAccounts(outside);
  const { clock } = outside;
  return {
    'people.list': by((_, actor) => accounts.list(actor)),
    'people.create': by((input, actor) => accounts.create(actor, input)),
    'people.rename': by((input, actor) => accounts.rename(actor, input)),
    'people.setRoles': by((input, actor) => accounts.setRoles(actor, input)),
    'people.disable': by((input, actor) => accounts.disable(actor, input)),
    'people.enable': by((input, actor) => accounts.enable(actor, input)),
    'people.setPassword': by((input, actor) => accounts.setPassword(actor, input)),
    'people.recoveryKey': by((input, actor) => accounts.makeRecoveryKey(actor, input)),
    'people.rightsOn': by((input, actor) => rightsOn(clock, actor, input)),
    'settings.get': by((_, { site }) => readSettings(site.db)),
    'settings.change': by(({ setting, value }, actor) => {
      changeSetting(actor, setting, value, readMoment(clock));
      return readSettings(actor.site.db);
    }),
  };
}
