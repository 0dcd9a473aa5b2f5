/** Refusals about pooling: files of sites, and the conflict book. A part of refusals.ts. */
import type { RefusalCode } from '#shared/bridge.ts';

export const poolRefusals = {
  'delivery-not-ours': [
    'invalid-input',
    'The file {file} is no workbook that Cahier exported. Ask the site for its export; other tables are brought in at the site by an import.',
  ],
  'delivery-head-missing': [
    'invalid-input',
    'The sheet AUDIT of {file} does not hold the entry that its MANIFEST names as the newest. Ask the site for a new export.',
  ],
  'delivery-partial': [
    'invalid-input',
    'The file {file} holds a part of its site only, or is de-identified. Ask the site for an export of all of it, without choices.',
  ],
  'delivery-miscounted': [
    'invalid-input',
    'The file {file} says that it holds {said} values, and {read} were read. Ask the site for a new export.',
  ],
  'delivery-trail-broken': [
    'invalid-input',
    'The trail in {file} does not hold entry {seq}, with which site {site} delivered before: it is an older export, or the site went back to an older state. Take the newest export, or have the site verify its trail.',
  ],
  'delivery-older': [
    'invalid-input',
    'The file {file} of site {site} is older than what the pool already holds of it. Nothing is to be done.',
  ],
  'pool-without-key': [
    'not-found',
    'The pool has no key that opens the bundle {file}. Make one with “keys”, give its public part to the sites, and ask for a new bundle.',
  ],
  'delivery-site-twice': [
    'invalid-input',
    'The file {file} is a second one of site {site} in this delivery. The newer one was taken.',
  ],
  'delivery-definition': [
    'conflict',
    'The file {file} was made with version {version} of the study, and the pool has {here}. See the conflict book: accept what differs and deliver it again, or have the site amend its study.',
  ],
  'delivery-edited': [
    'conflict',
    'Sheets of {file} were changed after the export ({sheets}). See the conflict book: decide about each cell and deliver it again, or ask the site for an untouched export.',
  ],
  'delivery-same-number': [
    'conflict',
    'The file {file} comes from another site that also uses the code {site}. See the conflict book: decide under which code it is taken in, and deliver it again.',
  ],
  'not-a-pool': ['invalid-input', 'This folder is a site and not a pool. Pool into a folder of its own.'],
  'pool-is-read-only': [
    'forbidden',
    'This folder holds pooled data. Values are corrected at their site and delivered again.',
  ],
  'pool-running': ['conflict', 'Files are being taken in. Wait until that is done.'],
  'conflict-unknown': [
    'not-found',
    'There is no such conflict in the conflict book. Look at the list again.',
  ],
  'conflict-value-unreadable': [
    'invalid-input',
    'The value that is to be taken can’t be read for this item. Type it as the form would take it.',
  ],
  'conflict-choice-unfit': [
    'invalid-input',
    'This conflict can’t be decided so. Choose one of the decisions that the conflict book offers.',
  ],
} as const satisfies Record<string, readonly [RefusalCode, string]>;
