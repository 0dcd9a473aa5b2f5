/** init, demo, study: what makes a site and what it is made with. */
import { canonicalJson } from '#shared/audit.ts';
import type { Study } from '#shared/study.ts';
import { refuse } from '../app-error.ts';
import { sha256 } from '../services/trail.ts';
import { call, siteFolder, signIn, type Command } from './context.ts';
import { toTable } from './output.ts';

export const init: Command = async (context) => {
  const { services, options, output, asJson } = context;
  const folder = siteFolder(context);
  const { 'site-code': siteCode = '', 'site-name': siteName = '', user = '' } = options;
  const password = await context.password(`New password of ${user}: `);
  if (password === null) throw refuse('password-needed');
  const { recoveryKey } = await call(services, 'site.create', { folder, siteCode, siteName, user, password });
  const { id, version } = services.shippedStudy();
  if (asJson)
    await output.json({
      site: siteCode,
      study: id,
      recoveryKey,
      siteName,
      folder,
      user,
      studyVersion: version,
    });
  else {
    await output.text(
      `Site ${siteCode} (${siteName}) was created in ${folder} with the study ${id} ${version}.\n\nRecovery key:\n\n    ${recoveryKey}\n\n`,
    );
    await output.message(
      'The recovery key is shown this once. Print it and keep it apart from the computer: it opens the site when a password is lost.',
    );
  }
  return 0;
};

export const demo: Command = async (context) => {
  const { services, options, output, asJson } = context;
  const folder = siteFolder(context);
  const children = options.replica === undefined ? 'demo' : 'replica';
  const { site, people, subjects } = await services.demo.create(folder, await context.password(''), children);
  if (asJson) await output.json({ site, people, subjects, folder });
  else {
    await output.text(
      `${children === 'demo' ? 'Practice site' : 'Replica'} ${site} with ${String(subjects)} children was created in ${folder}.\n\n`,
    );
    await output.text(
      toTable(
        ['user', 'role', 'password'],
        people.map(({ user, role, password }) => [user, role, password]),
      ),
    );
  }
  return 0;
};

export const study: Command = async (context) => {
  const { services, options, output, asJson } = context;
  let definition = services.shippedStudy();
  if (options.dir !== undefined) {
    await signIn(context);
    definition = (await call(services, 'studies.current', {})).study;
  }
  const counted = countStudy(definition);
  const full = options.full === undefined ? {} : { definition };
  if (asJson) await output.json({ ...counted, ...full });
  else if (options.full !== undefined) await output.text(`${JSON.stringify(definition, null, 2)}\n`);
  else
    await output.text(
      toTable(
        ['what', 'value'],
        Object.entries(counted).map(([what, value]) => [what, String(value)]),
      ),
    );
  return 0;
};

function countStudy(definition: Study): Readonly<Record<string, string | number | readonly string[]>> {
  const items = definition.forms.flatMap((form) => form.groups.flatMap((group) => group.items));
  return {
    id: definition.id,
    version: definition.version,
    fingerprint: sha256(canonicalJson(definition)),
    events: definition.events.length,
    forms: definition.forms.length,
    items: items.length,
    checks: definition.checks.length,
    classifications: definition.classifications.length,
    derivations: items.filter((item) => item.type === 'calculated').length,
    languages: definition.languages,
  };
}
