/** What an entry says in French, without its reason. */
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

export function inFrench(entry: AuditEntry, model: StudyModel): string {
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
    case 'preset.saved':
      return `Modèle d’export ${detail(entry, 'name')} enregistré ${by}`;
    case 'preset.removed':
      return `Modèle d’export ${detail(entry, 'name')} supprimé ${by}`;
    case 'pseudonym.drawn':
      return `Numéro aléatoire et décalage des dates tirés pour les exports dépersonnalisés du sujet ${entry.subject ?? ''}`;
    case 'pseudonym.revealed':
      return `Clé reliant les exports dépersonnalisés à ${detail(entry, 'subjects')} sujets consultée ${by}`;
    case 'export.pushed':
      return `${detail(entry, 'values')} valeurs remises à ${detail(entry, 'to')} (${detail(entry, 'place')}) ${by}`;
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
