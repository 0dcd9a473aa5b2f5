/** Refusals about handing over: recipients, and bundles made and opened. A part of refusals.ts. */
import type { RefusalCode } from '#shared/bridge.ts';

export const bundleRefusals = {
  'recipient-needed': [
    'invalid-input',
    'No recipient is named. Add the public key of the pooling centre first; it begins with age1.',
  ],
  'recipient-not-age': [
    'invalid-input',
    'This is not the public key of a recipient. It begins with age1: ask the pooling centre for it.',
  ],
  'recipient-secret': [
    'invalid-input',
    'This is a secret key. It must not leave its owner: tell the pooling centre that it has to make a new one, and ask for the public one, which begins with age1.',
  ],
  'recipient-mistyped': [
    'invalid-input',
    'A letter of this key is wrong or missing: its checksum does not agree. Copy it again.',
  ],
  'recipient-other-kind': [
    'invalid-input',
    'This key is of a kind that cannot be used here. Ask the pooling centre for one that begins with age1 and has 62 letters.',
  ],
  'recipient-exists': ['exists', 'This recipient is in the list already.'],
  'recipients-full': ['conflict', 'There are {most} recipients already. Remove one first.'],
  'recipient-unknown': ['not-found', 'There is no such recipient in the list.'],
  'bundle-file-unfit': ['invalid-input', 'A bundle needs a full path that ends in .cahier.age.'],
  'bundle-file-not-chosen': [
    'forbidden',
    'This file was not chosen in the save dialog. Choose it there first.',
  ],
  'rehearsal-running': ['conflict', 'A rehearsal is running already. Wait for it.'],
  'bundle-unknown': ['not-found', 'There is no such bundle in the making.'],
  'bundle-running': ['conflict', 'A bundle is being made already. Wait for it, or cancel it.'],
  'bundle-not-age': [
    'unreadable',
    'The file {file} is not an encrypted bundle. Choose a file that ends in .cahier.age.',
  ],
  'bundle-identity-unfit': [
    'invalid-input',
    'This is not a secret key that opens bundles. It begins with AGE-SECRET-KEY-1.',
  ],
  'bundle-other-recipient': [
    'forbidden',
    'The bundle {file} was not made for this key. Give the site your public key, and ask for a new bundle.',
  ],
  'bundle-cut-short': [
    'unreadable',
    'The bundle {file} was copied only in part, or its end was changed. Copy it again from where it came.',
  ],
  'bundle-changed': [
    'damaged',
    'The bundle {file} was changed after it was made. Copy it again from where it came, or ask the site for a new one.',
  ],
  'bundle-foreign': [
    'invalid-input',
    'The file {file} was made for this key, but is no bundle of Cahier. Ask its sender what it is.',
  ],
  'bundle-newer': [
    'newer-file',
    'The bundle {file} has the format {version}, which a newer version of Cahier wrote. Install that version to open it.',
  ],
  'bundle-signature-wrong': [
    'damaged',
    'The signature of the bundle {file} is not the one of the site that it names. Nothing of it was kept; ask the site.',
  ],
  'bundle-other-signer': [
    'forbidden',
    'The bundle {file} is signed with the key {fingerprint}, which is not one of those written down. Nothing of it was kept; ask the site whether it has a new key.',
  ],
  'bundle-file-differs': [
    'damaged',
    'The file {name} in the bundle {file} is not what its manifest says. Nothing of it was kept; ask the site for a new one.',
  ],
  'bundle-name-unsafe': [
    'damaged',
    'The bundle {file} holds a file whose name leads out of its folder. Nothing of it was kept; ask the site how it was made.',
  ],
  'bundle-too-large': [
    'invalid-input',
    'The bundle {file} holds more than it can: its files would unfold beyond every measure. Nothing of it was kept.',
  ],
  'bundle-folder-taken': ['exists', 'The folder {folder} is not empty. Choose an empty or a new one.'],
} as const satisfies Record<string, readonly [RefusalCode, string]>;
