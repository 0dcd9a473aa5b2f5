/** What an entry says in English, without its reason. */
import { assertNever } from '../assert-never.ts';
import type { AuditEntry } from './entry.ts';
import {
  attempted,
  byWhom,
  detail,
  isByApplication,
  isOfCheck,
  itemLabel,
  placeLabel,
  scopeLabel,
  value,
} from './entry-words.ts';
import { isEmpty } from '../item-value.ts';
import { toMeaningWords } from '../signature.ts';
import type { StudyModel } from '../study-model.ts';

export function inEnglish(entry: AuditEntry, model: StudyModel): string {
  const what = `${itemLabel(entry, model, 'en')} (${placeLabel(entry, model, 'en')})`;
  const form = placeLabel(entry, model, 'en');
  const by = byWhom(entry, 'en');
  const number = detail(entry, 'query');
  switch (entry.action) {
    case 'value.set':
      if (isEmpty(entry.old)) return `${what} was set to ${value(entry, entry.new, model, 'en')} ${by}`;
      if (isEmpty(entry.new))
        return `${what} was emptied ${by}; it was ${value(entry, entry.old, model, 'en')}`;
      return `${what} was changed from ${value(entry, entry.old, model, 'en')} to ${value(entry, entry.new, model, 'en')} ${by}`;
    case 'value.parked':
      return `${what} is no longer asked; its answer ${value(entry, entry.old, model, 'en')} is kept aside`;
    case 'value.unparked':
      return `${what} is asked again; its answer ${value(entry, entry.old, model, 'en')} counts again`;
    case 'row.removed':
      return `Row ${entry.row ?? ''} was removed ${by}; ${what} was ${value(entry, entry.old, model, 'en')}`;
    case 'form.started':
      return `${form} was begun ${by}`;
    case 'form.completed':
      return `${form} was completed ${by}`;
    case 'form.reopened':
      return `${form} was opened again for entry ${by}`;
    case 'form.verified':
      return `${form} was verified ${by}`;
    case 'form.verification-withdrawn':
      return entry.reason !== null || entry.detail?.['changed'] === undefined
        ? `The verification of ${form} was taken back ${by}`
        : entry.detail['from'] === 'signed'
          ? `${form} has to be verified and signed again after a change ${by}`
          : `${form} has to be verified again after a change ${by}`;
    case 'form.signed':
      return `${form} was signed ${by}`;
    case 'form.locked':
      return `${form} was locked ${by}`;
    case 'form.unlocked':
      return `${form} was unlocked ${by}`;
    case 'signature.made':
      return `${scopeLabel(entry, model, 'en')} was signed by ${detail(entry, 'printedName')} (${entry.user}): ${toMeaningWords(detail(entry, 'meaning')).en.replace(/\.$/u, '')}`;
    case 'signature.broken':
      return `The signature of ${scopeLabel(entry, model, 'en')} by ${detail(entry, 'printedName')} is no longer valid after entry ${detail(entry, 'by')}`;
    case 'subject.frozen':
      return `Subject ${entry.subject ?? ''} was frozen ${by}`;
    case 'subject.unfrozen':
      return `The freeze of subject ${entry.subject ?? ''} was lifted ${by}`;
    case 'site.frozen':
      return `The site was frozen ${by}`;
    case 'site.unfrozen':
      return `The freeze of the site was lifted ${by}`;
    case 'finding.confirmed':
      return `Finding ${detail(entry, 'check')} at ${what} was confirmed ${by}`;
    case 'query.opened':
      if (isOfCheck(entry))
        return `Check ${detail(entry, 'check')} opened query ${number} on ${what}: “${detail(entry, 'en')}”`;
      return `Query ${number} on ${what} was opened ${by}`;
    case 'query.answered':
      if (isByApplication(entry))
        return `Query ${number} on ${what} counts as answered: its finding was confirmed for the values that stand`;
      return `Query ${number} on ${what} was answered ${by}`;
    case 'query.reopened':
      if (isByApplication(entry))
        return `Query ${number} on ${what} is open again: its finding rests on other values now`;
      return `Query ${number} on ${what} was opened again ${by}`;
    case 'query.closed':
      if (detail(entry, 'by') === 'correction')
        return `Query ${number} on ${what} was closed: check ${detail(entry, 'check')} is satisfied`;
      return `Query ${number} on ${what} was closed ${by}, who accepted it`;
    case 'second.secret-made':
      return 'The secret by which forms are drawn for a second entry was made';
    case 'second.asked':
      return `${form} is to be entered a second time`;
    case 'second.begun':
      return `The second entry of ${form} was begun ${by}`;
    case 'second.value':
      return `Second entry: ${what} was set from ${value(entry, entry.old, model, 'en')} to ${value(entry, entry.new, model, 'en')} ${by}`;
    case 'second.differs':
      return `Two entries differ: ${what} is ${value(entry, entry.old, model, 'en')} and ${value(entry, entry.new, model, 'en')}`;
    case 'second.given-back':
      return `The second entry of ${form} was given back ${by}`;
    case 'second.completed':
      return `The second entry of ${form} was completed ${by}; ${detail(entry, 'differences')} of ${detail(entry, 'compared')} fields differ`;
    case 'second.decided':
      return `Two entries differed: ${what} was decided to be ${value(entry, entry.new, model, 'en')} ${by}`;
    case 'subject.enrolled':
      return `Subject ${entry.subject ?? ''} was enrolled ${by}`;
    case 'session.signed-in':
      return `${entry.user} signed in`;
    case 'session.failed':
      return `A sign-in as ${entry.user} failed`;
    case 'session.locked-out':
      return `${entry.user} was shut out for ${detail(entry, 'seconds')} seconds after ${detail(entry, 'failures')} failed sign-ins`;
    case 'session.refused':
      if (detail(entry, 'why') === 'forbidden')
        return `${entry.user} asked for ${attempted(entry)}, which the role does not allow: it was refused`;
      return detail(entry, 'why') === 'disabled'
        ? `A sign-in as ${entry.user} was refused: the account is disabled`
        : `A sign-in as ${entry.user} was refused: the password or the key was replaced`;
    case 'session.password-changed':
      return `${entry.user} chose a new password`;
    case 'session.locked':
      return `The session of ${entry.user} was locked`;
    case 'session.unlocked':
      return `The session of ${entry.user} was unlocked`;
    case 'session.signed-out':
      return `${entry.user} signed out`;
    case 'session.recovered':
      return `The site was opened with the recovery key and ${entry.user} was given a new password`;
    case 'session.ended-unexpectedly':
      return `The session of ${detail(entry, 'person')} had ended unexpectedly; the last entry before was number ${detail(entry, 'last')}`;
    case 'export.done':
      return `An export was written ${by}`;
    case 'preset.saved':
      return `The export preset ${detail(entry, 'name')} was saved ${by}`;
    case 'preset.removed':
      return `The export preset ${detail(entry, 'name')} was removed ${by}`;
    case 'pseudonym.drawn':
      return `A random number and a shift of dates were drawn for de-identified exports of subject ${entry.subject ?? ''}`;
    case 'pseudonym.revealed':
      return `The key that leads de-identified exports back to ${detail(entry, 'subjects')} subjects was read ${by}`;
    case 'export.pushed':
      return `${detail(entry, 'values')} values were handed to ${detail(entry, 'to')} (${detail(entry, 'place')}) ${by}`;
    case 'export.bundled':
      return `The bundle ${detail(entry, 'file')} of the state after entry ${detail(entry, 'seq')} was made ${by}, signed with key ${detail(entry, 'signer')}`;
    case 'export.key-made':
      return detail(entry, 'purpose') === 'sign'
        ? `The key that bundles are signed with was made ${by}: ${detail(entry, 'public')}`
        : `The key that bundles are opened with was made ${by}; its public part is ${detail(entry, 'public')}`;
    case 'export.recipient-added':
      return `${detail(entry, 'name')} was made a recipient of bundles ${by}, with key ${detail(entry, 'key')}`;
    case 'export.recipient-removed':
      return `The recipient of bundles with key ${detail(entry, 'key')} was removed ${by}`;
    case 'copy.printed':
      return `A copy (${detail(entry, 'kind')}, ${detail(entry, 'scope')}) of the state after entry ${detail(entry, 'seq')} was made ${by}`;
    case 'backup.made':
      return `The backup ${detail(entry, 'file')} of ${detail(entry, 'seq')} entries was made and verified`;
    case 'backup.failed':
      return `A backup into folder ${detail(entry, 'folder')} failed`;
    case 'backup.removed':
      return `The backup ${detail(entry, 'file')} was given up for newer ones`;
    case 'backup.restored':
      return entry.detail?.['lostEntries'] === undefined
        ? `This site was restored from the backup ${detail(entry, 'file')} of ${detail(entry, 'seq')} entries ${by}`
        : `This site was restored from the backup ${detail(entry, 'file')} of ${detail(entry, 'seq')} entries ${by}; it lacks ${detail(entry, 'lostEntries')} entries made since, up to number ${detail(entry, 'lostTo')}`;
    case 'pool.site-joined':
      return `Site ${detail(entry, 'code')} (${detail(entry, 'name')}) joined the pool`;
    case 'delivery.taken':
      return `${detail(entry, 'file')} of site ${detail(entry, 'site')} was taken in ${by}: ${detail(entry, 'added')} values new, ${detail(entry, 'changed')} changed, ${detail(entry, 'withdrawn')} withdrawn`;
    case 'delivery.held':
      return `${detail(entry, 'file')} of site ${detail(entry, 'site')} is held until the conflict book is decided`;
    case 'delivery.refused':
      return `${detail(entry, 'file')} was refused`;
    case 'subject.delivered':
      return `Subject ${entry.subject ?? ''} was delivered by site ${detail(entry, 'site')}`;
    case 'form.delivered':
      return `${form} was delivered`;
    case 'conflict.found':
      return `Conflict ${detail(entry, 'conflict')} was entered in the conflict book`;
    case 'conflict.decided':
      return `Conflict ${detail(entry, 'conflict')} was decided ${by}`;
    case 'conflict.settled':
      return `Conflict ${detail(entry, 'conflict')} is no longer delivered`;
    case 'import.started':
      return `The import of ${detail(entry, 'file')} was begun ${by}`;
    case 'import.done':
      return `${detail(entry, 'accepted')} of ${detail(entry, 'read')} cells of ${detail(entry, 'file')} were imported ${by}; ${detail(entry, 'same')} were the same, ${detail(entry, 'conflicts')} in conflict, ${detail(entry, 'refused')} refused, ${detail(entry, 'empty')} empty`;
    case 'mapping.saved':
      return `The import mapping ${detail(entry, 'name')} was kept ${by}`;
    case 'site.created':
      return `The site was created ${by}`;
    case 'site.loss-accepted':
      return `Work goes on ${by} although entry ${detail(entry, 'noted')} of the trail had been acknowledged and the file ended with entry ${detail(entry, 'newest')}`;
    case 'site.salvaged':
      return `This site was made from what could be read of a damaged one: ${detail(entry, 'entries')} entries, ${detail(entry, 'missingEntries')} missing`;
    case 'person.created':
      return `${detail(entry, 'person')} was given access ${by}`;
    case 'person.renamed':
      return `The full name of ${detail(entry, 'person')} was changed from ${detail(entry, 'old')} to ${detail(entry, 'new')} ${by}`;
    case 'person.disabled':
      return `The account of ${detail(entry, 'person')} was disabled ${by}`;
    case 'person.enabled':
      return `The account of ${detail(entry, 'person')} was enabled again with a new password ${by}`;
    case 'person.password-set':
      return `${detail(entry, 'person')} was given a new password ${by}`;
    case 'role.granted':
      return `${detail(entry, 'person')} was given the role ${detail(entry, 'role')} ${by}`;
    case 'role.revoked':
      return `The role ${detail(entry, 'role')} was taken from ${detail(entry, 'person')} ${by}`;
    case 'recovery-key.made':
      return `A new recovery key was made ${by}; the one before opens nothing any more`;
    case 'permissions.installed':
      return 'The table of roles and what they allow was recorded';
    case 'study.installed':
      return `Study ${detail(entry, 'study')} ${detail(entry, 'version')} was installed ${by}`;
    case 'setting.changed':
      return `The setting ${detail(entry, 'setting')} was changed from ${detail(entry, 'old')} to ${detail(entry, 'new')} ${by}`;
    case 'clock.moved':
      return `The clock of the computer was moved by ${detail(entry, 'minutes')} minutes`;
    case 'database.migrated':
      return `Step ${detail(entry, 'number')} brought the database up to date`;
    case 'trail.verified':
      return detail(entry, 'ok') === 'true'
        ? `File, trail and values were verified ${by}: they agree`
        : `File, trail and values were verified ${by}: ${detail(entry, 'problems')} problems were found`;
    case 'trail.reviewed':
      return `Entries ${detail(entry, 'fromSeq')} to ${detail(entry, 'toSeq')} of the trail were reviewed ${by}`;
    default:
      return assertNever(entry.action);
  }
}
