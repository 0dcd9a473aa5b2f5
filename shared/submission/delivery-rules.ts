/** Rules about the delivery as a whole. One that rejects rejects all of it, whatever its subjects are like. */
import type { DeliveryRule } from './delivery.ts';

export const deliveryRules: readonly DeliveryRule[] = [
  {
    id: 'manifest-whole',
    severity: 'rejects',
    title: { en: 'The manifest is whole', fr: 'Le manifeste est complet' },
    words: {
      en: 'Every file has to be the one that the manifest was signed for. Make the bundle again and copy it again.',
      fr: 'Chaque fichier doit être celui pour lequel le manifeste a été signé. Refaire le colis et le recopier.',
    },
    fails: ({ manifest }) => manifest === 'faulty',
  },
  {
    id: 'definition-current',
    severity: 'rejects',
    title: { en: 'The definition is the current one', fr: 'La définition est celle en vigueur' },
    words: {
      en: 'Data entered under another definition can’t be pooled with the others. Install the current one under Administration, then decide what it asks anew.',
      fr: 'Des données saisies sous une autre définition ne se réunissent pas avec les autres. Installer celle en vigueur dans Administration, puis décider de ce qu’elle demande de nouveau.',
    },
    fails: ({ fingerprint, currentFingerprint }) => fingerprint !== currentFingerprint,
  },
  {
    id: 'trail-verified',
    severity: 'rejects',
    title: { en: 'The trail is verified', fr: 'Le journal est vérifié' },
    words: {
      en: 'File, trail and values have to agree, and the trail has to hold every head that was seen before. Look at the verification on the page Trail; restore a backup if something is missing.',
      fr: 'Fichier, journal et valeurs doivent concorder, et le journal contenir chaque tête déjà vue. Regarder la vérification à la page Journal ; restaurer une sauvegarde si quelque chose manque.',
    },
    fails: ({ trail }) => trail === 'broken',
  },
  {
    id: 'trail-looked-at',
    severity: 'warns',
    title: { en: 'The trail was looked at', fr: 'Le journal a été examiné' },
    words: {
      en: 'Whether file, trail and values agree is not known: the verification was not run or was cancelled.',
      fr: 'On ne sait pas si fichier, journal et valeurs concordent : la vérification n’a pas eu lieu ou a été annulée.',
    },
    fails: ({ trail }) => trail === 'not-looked-at',
  },
];
