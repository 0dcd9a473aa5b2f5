/** An entry as one plain sentence. The labels come from the study; an id that it no longer has is shown as it is. */
import { assertNever } from '../assert-never.ts';
import type { AuditEntry } from './entry.ts';
import {
  attempted,
  byWhom,
  detail,
  isByApplication,
  isOfCheck,
  isOfQuery,
  itemLabel,
  placeLabel,
  scopeLabel,
  value,
} from './entry-words.ts';
import { isEmpty } from '../item-value.ts';
import { toMeaningWords } from '../signature.ts';
import type { Language } from '../study.ts';
import type { StudyModel } from '../study-model.ts';

export function sentence(entry: AuditEntry, model: StudyModel, language: Language): string {
  const said = language === 'fr' ? inFrench(entry, model) : inEnglish(entry, model);
  if (entry.reason === null) return `${said}.`;
  if (isOfQuery(entry))
    return language === 'fr' ? `${said} : « ${entry.reason} ».` : `${said}: “${entry.reason}”.`;
  return language === 'fr' ? `${said}. Motif : ${entry.reason}.` : `${said}. Reason: ${entry.reason}.`;
}

function inEnglish(entry: AuditEntry, model: StudyModel): string {
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

function inFrench(entry: AuditEntry, model: StudyModel): string {
  const what = `${itemLabel(entry, model, 'fr')} (${placeLabel(entry, model, 'fr')})`;
  const form = placeLabel(entry, model, 'fr');
  const by = byWhom(entry, 'fr');
  const number = detail(entry, 'query');
  switch (entry.action) {
    case 'value.set':
      if (isEmpty(entry.old)) return `${what} : valeur ${value(entry, entry.new, model, 'fr')} saisie ${by}`;
      if (isEmpty(entry.new)) return `${what} : valeur ${value(entry, entry.old, model, 'fr')} effacée ${by}`;
      return `${what} : valeur ${value(entry, entry.old, model, 'fr')} remplacée par ${value(entry, entry.new, model, 'fr')} ${by}`;
    case 'value.parked':
      return `${what} : question qui n’est plus posée ; sa réponse ${value(entry, entry.old, model, 'fr')} est mise de côté`;
    case 'value.unparked':
      return `${what} : question posée de nouveau ; sa réponse ${value(entry, entry.old, model, 'fr')} compte de nouveau`;
    case 'row.removed':
      return `Ligne ${entry.row ?? ''} supprimée ${by} ; ${what} valait ${value(entry, entry.old, model, 'fr')}`;
    case 'form.started':
      return `${form} : formulaire commencé ${by}`;
    case 'form.completed':
      return `${form} : formulaire terminé ${by}`;
    case 'form.reopened':
      return `${form} : formulaire rouvert à la saisie ${by}`;
    case 'form.verified':
      return `${form} : formulaire vérifié ${by}`;
    case 'form.verification-withdrawn':
      return entry.reason !== null || entry.detail?.['changed'] === undefined
        ? `${form} : vérification retirée ${by}`
        : entry.detail['from'] === 'signed'
          ? `${form} : formulaire à vérifier et à signer de nouveau après une modification ${by}`
          : `${form} : formulaire à vérifier de nouveau après une modification ${by}`;
    case 'form.signed':
      return `${form} : formulaire signé ${by}`;
    case 'form.locked':
      return `${form} : formulaire verrouillé ${by}`;
    case 'form.unlocked':
      return `${form} : formulaire déverrouillé ${by}`;
    case 'signature.made':
      return `${scopeLabel(entry, model, 'fr')} : signature de ${detail(entry, 'printedName')} (${entry.user}) : ${toMeaningWords(detail(entry, 'meaning')).fr.replace(/\.$/u, '')}`;
    case 'signature.broken':
      return `${scopeLabel(entry, model, 'fr')} : la signature de ${detail(entry, 'printedName')} n’est plus valable après l’entrée ${detail(entry, 'by')}`;
    case 'subject.frozen':
      return `Sujet ${entry.subject ?? ''} gelé ${by}`;
    case 'subject.unfrozen':
      return `Gel du sujet ${entry.subject ?? ''} levé ${by}`;
    case 'site.frozen':
      return `Centre gelé ${by}`;
    case 'site.unfrozen':
      return `Gel du centre levé ${by}`;
    case 'finding.confirmed':
      return `Alerte ${detail(entry, 'check')} sur ${what} confirmée ${by}`;
    case 'query.opened':
      if (isOfCheck(entry))
        return `Contrôle ${detail(entry, 'check')} : requête ${number} ouverte sur ${what} : « ${detail(entry, 'fr')} »`;
      return `Requête ${number} sur ${what} ouverte ${by}`;
    case 'query.answered':
      if (isByApplication(entry))
        return `Requête ${number} sur ${what} considérée comme répondue : alerte confirmée pour les valeurs présentes`;
      return `Requête ${number} sur ${what} : réponse donnée ${by}`;
    case 'query.reopened':
      if (isByApplication(entry))
        return `Requête ${number} sur ${what} rouverte : l’alerte repose sur d’autres valeurs`;
      return `Requête ${number} sur ${what} rouverte ${by}`;
    case 'query.closed':
      if (detail(entry, 'by') === 'correction')
        return `Requête ${number} sur ${what} close : contrôle ${detail(entry, 'check')} satisfait`;
      return `Requête ${number} sur ${what} acceptée et close ${by}`;
    case 'second.secret-made':
      return 'Secret du tirage des formulaires à saisir une seconde fois créé';
    case 'second.asked':
      return `${form} : formulaire à saisir une seconde fois`;
    case 'second.begun':
      return `${form} : seconde saisie commencée ${by}`;
    case 'second.value':
      return `Seconde saisie : ${what}, valeur ${value(entry, entry.old, model, 'fr')} remplacée par ${value(entry, entry.new, model, 'fr')} ${by}`;
    case 'second.differs':
      return `Deux saisies diffèrent : ${what} vaut ${value(entry, entry.old, model, 'fr')} et ${value(entry, entry.new, model, 'fr')}`;
    case 'second.given-back':
      return `${form} : seconde saisie rendue ${by}`;
    case 'second.completed':
      return `${form} : seconde saisie terminée ${by} ; ${detail(entry, 'differences')} champs sur ${detail(entry, 'compared')} diffèrent`;
    case 'second.decided':
      return `Deux saisies différaient : ${what}, valeur ${value(entry, entry.new, model, 'fr')} retenue ${by}`;
    case 'subject.enrolled':
      return `Sujet ${entry.subject ?? ''} inclus ${by}`;
    case 'session.signed-in':
      return `Session ouverte par ${entry.user}`;
    case 'session.failed':
      return `Échec d’une ouverture de session au nom de ${entry.user}`;
    case 'session.locked-out':
      return `${entry.user} exclu pendant ${detail(entry, 'seconds')} secondes après ${detail(entry, 'failures')} échecs d’ouverture de session`;
    case 'session.refused':
      if (detail(entry, 'why') === 'forbidden')
        return `${entry.user} a demandé ${attempted(entry)}, que son rôle n’autorise pas : refusé`;
      return detail(entry, 'why') === 'disabled'
        ? `Ouverture de session refusée à ${entry.user} : le compte est désactivé`
        : `Ouverture de session refusée à ${entry.user} : le mot de passe ou la clé a été remplacé`;
    case 'session.password-changed':
      return `Nouveau mot de passe choisi par ${entry.user}`;
    case 'session.locked':
      return `Session de ${entry.user} verrouillée`;
    case 'session.unlocked':
      return `Session de ${entry.user} déverrouillée`;
    case 'session.signed-out':
      return `Session fermée par ${entry.user}`;
    case 'session.recovered':
      return `Centre ouvert avec la clé de secours et nouveau mot de passe donné à ${entry.user}`;
    case 'session.ended-unexpectedly':
      return `La session de ${detail(entry, 'person')} s’était terminée de façon imprévue ; la dernière entrée d’avant portait le numéro ${detail(entry, 'last')}`;
    case 'export.done':
      return `Export écrit ${by}`;
    case 'export.bundled':
      return `Colis ${detail(entry, 'file')} de l’état après l’entrée ${detail(entry, 'seq')} établi ${by}, signé avec la clé ${detail(entry, 'signer')}`;
    case 'export.key-made':
      return detail(entry, 'purpose') === 'sign'
        ? `Clé de signature des colis créée ${by} : ${detail(entry, 'public')}`
        : `Clé d’ouverture des colis créée ${by} ; sa partie publique est ${detail(entry, 'public')}`;
    case 'export.recipient-added':
      return `${detail(entry, 'name')} ajouté aux destinataires des colis ${by}, avec la clé ${detail(entry, 'key')}`;
    case 'export.recipient-removed':
      return `Destinataire des colis avec la clé ${detail(entry, 'key')} retiré ${by}`;
    case 'copy.printed':
      return `Copie (${detail(entry, 'kind')}, ${detail(entry, 'scope')}) de l’état après l’entrée ${detail(entry, 'seq')} établie ${by}`;
    case 'backup.made':
      return `Sauvegarde ${detail(entry, 'file')} de ${detail(entry, 'seq')} entrées faite et vérifiée`;
    case 'backup.failed':
      return `Échec d’une sauvegarde dans le dossier ${detail(entry, 'folder')}`;
    case 'backup.removed':
      return `Sauvegarde ${detail(entry, 'file')} supprimée au profit de plus récentes`;
    case 'backup.restored':
      return entry.detail?.['lostEntries'] === undefined
        ? `Centre restauré depuis la sauvegarde ${detail(entry, 'file')} de ${detail(entry, 'seq')} entrées ${by}`
        : `Centre restauré depuis la sauvegarde ${detail(entry, 'file')} de ${detail(entry, 'seq')} entrées ${by} ; il lui manque ${detail(entry, 'lostEntries')} entrées faites depuis, jusqu’au numéro ${detail(entry, 'lostTo')}`;
    case 'pool.site-joined':
      return `Le centre ${detail(entry, 'code')} (${detail(entry, 'name')}) a rejoint la base commune`;
    case 'delivery.taken':
      return `${detail(entry, 'file')} du centre ${detail(entry, 'site')} a été intégré ${by} : ${detail(entry, 'added')} valeurs nouvelles, ${detail(entry, 'changed')} modifiées, ${detail(entry, 'withdrawn')} retirées`;
    case 'delivery.held':
      return `${detail(entry, 'file')} du centre ${detail(entry, 'site')} attend les décisions du cahier des conflits`;
    case 'delivery.refused':
      return `${detail(entry, 'file')} a été refusé`;
    case 'subject.delivered':
      return `Le sujet ${entry.subject ?? ''} a été transmis par le centre ${detail(entry, 'site')}`;
    case 'form.delivered':
      return `${form} a été transmis`;
    case 'conflict.found':
      return `Le conflit ${detail(entry, 'conflict')} a été inscrit au cahier des conflits`;
    case 'conflict.decided':
      return `Le conflit ${detail(entry, 'conflict')} a été tranché ${by}`;
    case 'conflict.settled':
      return `Le conflit ${detail(entry, 'conflict')} n’est plus transmis`;
    case 'import.started':
      return `Import de ${detail(entry, 'file')} commencé ${by}`;
    case 'import.done':
      return `${detail(entry, 'accepted')} des ${detail(entry, 'read')} cellules de ${detail(entry, 'file')} importées ${by} ; ${detail(entry, 'same')} identiques, ${detail(entry, 'conflicts')} en conflit, ${detail(entry, 'refused')} refusées, ${detail(entry, 'empty')} vides`;
    case 'mapping.saved':
      return `Correspondance d’import ${detail(entry, 'name')} conservée ${by}`;
    case 'site.created':
      return `Centre créé ${by}`;
    case 'site.loss-accepted':
      return `Travail poursuivi ${by} bien que l’entrée ${detail(entry, 'noted')} ait été confirmée et que le fichier se soit terminé à l’entrée ${detail(entry, 'newest')}`;
    case 'site.salvaged':
      return `Centre fait de ce qui a pu être lu d’un centre endommagé : ${detail(entry, 'entries')} entrées, ${detail(entry, 'missingEntries')} manquantes`;
    case 'person.created':
      return `Accès donné à ${detail(entry, 'person')} ${by}`;
    case 'person.renamed':
      return `Nom complet de ${detail(entry, 'person')} changé de ${detail(entry, 'old')} en ${detail(entry, 'new')} ${by}`;
    case 'person.disabled':
      return `Compte de ${detail(entry, 'person')} désactivé ${by}`;
    case 'person.enabled':
      return `Compte de ${detail(entry, 'person')} réactivé avec un nouveau mot de passe ${by}`;
    case 'person.password-set':
      return `Nouveau mot de passe donné à ${detail(entry, 'person')} ${by}`;
    case 'role.granted':
      return `Rôle ${detail(entry, 'role')} donné à ${detail(entry, 'person')} ${by}`;
    case 'role.revoked':
      return `Rôle ${detail(entry, 'role')} retiré à ${detail(entry, 'person')} ${by}`;
    case 'recovery-key.made':
      return `Nouvelle clé de secours créée ${by} ; la précédente n’ouvre plus rien`;
    case 'permissions.installed':
      return 'Table des rôles et de leurs droits consignée';
    case 'study.installed':
      return `Étude ${detail(entry, 'study')} ${detail(entry, 'version')} installée ${by}`;
    case 'setting.changed':
      return `Réglage ${detail(entry, 'setting')} changé de ${detail(entry, 'old')} en ${detail(entry, 'new')} ${by}`;
    case 'clock.moved':
      return `Horloge de l’ordinateur décalée de ${detail(entry, 'minutes')} minutes`;
    case 'database.migrated':
      return `Base de données mise à jour par l’étape ${detail(entry, 'number')}`;
    case 'trail.verified':
      return detail(entry, 'ok') === 'true'
        ? `Fichier, journal et valeurs vérifiés ${by} : ils concordent`
        : `Fichier, journal et valeurs vérifiés ${by} : ${detail(entry, 'problems')} anomalies trouvées`;
    case 'trail.reviewed':
      return `Entrées ${detail(entry, 'fromSeq')} à ${detail(entry, 'toSeq')} du journal revues ${by}`;
    default:
      return assertNever(entry.action);
  }
}
