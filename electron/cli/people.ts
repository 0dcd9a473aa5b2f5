/** people, people rights: who has an account, and who could do what on a past day. */
import type { PersonRights, PersonRow } from '#shared/people.ts';
import { refuse } from '../app-error.ts';
import { call, signIn, type Command } from './context.ts';
import { toTable } from './output.ts';

export const people: Command = async (context) => {
  const { services, options, operands, output, asJson } = context;
  const [what] = operands;
  if (what !== undefined && what !== 'rights') throw refuse('not-available', { what: `people ${what}` });
  await signIn(context);
  if (what === undefined) {
    const { people: found } = await call(services, 'people.list', {});
    if (asJson) await output.json(found.map(toJson));
    else await output.text(toTable(listHeader, found.map(toCells)));
    return 0;
  }
  const date = options.on ?? '';
  const { people: found, cut } = await call(services, 'people.rightsOn', { date });
  if (asJson) await output.json(found);
  else {
    await output.text(toTable(rightsHeader, found.map(toRightsCells)));
    await output.text(`\n${date}, from the trail up to entry ${String(cut.seq)}, head ${cut.hash}\n`);
  }
  return 0;
};

const listHeader = ['user', 'name', 'roles', 'account', 'password', 'last sign-in'];
const rightsHeader = ['user', 'name', 'roles', 'could'];

/** A contract: fields are added, never renamed. */
function toJson({ user, fullName, roles, isDisabled, ...times }: PersonRow): object {
  return { user, fullName, roles, disabled: isDisabled, ...times };
}

function toCells({
  user,
  fullName,
  roles,
  isDisabled,
  passwordSetAt,
  passwordDue,
  lastSignIn,
}: PersonRow): string[] {
  const account = isDisabled ? 'disabled' : 'enabled';
  const password = [passwordSetAt ?? '', passwordDue === null ? '' : `(${passwordDue})`].join(' ').trim();
  return [user, fullName, roles.join(', '), account, password, lastSignIn ?? ''];
}

function toRightsCells({ user, fullName, roles, verbs }: PersonRights): string[] {
  const held = roles.map(({ role, from, until }) => `${role} ${from}–${until ?? ''}`);
  return [user, fullName, held.join(', '), verbs.join(' ')];
}
