/**
 * Every refusal that a person can act on, by the key of its words in the window's locales: code and English sentence. A sentence
 * says what is so and what to do, and carries no patient value.
 */
import type { RefusalCode } from '#shared/bridge.ts';
import { bundleRefusals } from './bundle-refusals.ts';
import { importRefusals } from './import-refusals.ts';
import { poolRefusals } from './pool-refusals.ts';
import { pushRefusals } from './push-refusals.ts';

export const refusals = {
  'invalid-input': ['invalid-input', 'The call {method} was not understood at {path}.'],
  'unknown-method': ['not-found', 'There is no method of this name.'],
  'foreign-sender': ['forbidden', 'Only the page of the application may call it.'],
  'signed-out': ['signed-out', 'Nobody is signed in. Sign in first.'],
  'session-locked': ['locked', 'The session is locked. Unlock it with the password.'],
  'already-signed-in': ['conflict', 'A site is open already. Sign out first.'],
  forbidden: ['forbidden', 'None of the roles of {user} allows this. Ask a person whose role does.'],
  'wrong-password': ['wrong-password', 'The user name or the password is wrong.'],
  'too-many-attempts': ['too-many-attempts', 'Too many failed attempts. Try again in {seconds} seconds.'],
  'password-short': [
    'invalid-input',
    'The password has fewer than {minimum} characters. Choose a longer one.',
  ],
  'password-holds-name': ['invalid-input', 'The password contains the user name. Choose another one.'],
  'password-uniform': ['invalid-input', 'The password repeats a single character. Choose another one.'],
  'user-name-unfit': [
    'invalid-input',
    'A user name has 2 to 60 visible characters, without spaces at its ends.',
  ],
  'user-name-shared': [
    'invalid-input',
    'This user name could be that of several people. Each person has an own account: use the person’s name.',
  ],
  'user-name-taken': [
    'exists',
    'The user name {user} was given before. A user name is never given to a second person: choose another one.',
  ],
  'person-name-unfit': ['invalid-input', 'A full name has letters, and no line ends.'],
  'full-name-taken': [
    'exists',
    'Somebody of this full name has an account already. Add a second given name or an initial to tell them apart.',
  ],
  'role-conflict': [
    'conflict',
    'One person can’t be {one} and {other}. Give one of the two roles to somebody else.',
  ],
  'last-administrator': [
    'conflict',
    'This is the last administrator. Make somebody else administrator first.',
  ],
  'person-disabled-already': ['conflict', 'This account is disabled. Enable it first.'],
  'person-enabled-already': ['conflict', 'This account is enabled already.'],
  'own-password-elsewhere': [
    'conflict',
    'The own password is changed in the menu under the own name, where the current one is asked for.',
  ],
  'person-disabled': ['forbidden', 'This account is disabled. Ask an administrator of the site.'],
  'password-replaced': [
    'wrong-password',
    'This password was replaced. Use the newest one, or ask an administrator for another.',
  ],
  'password-due': [
    'forbidden',
    'A new password has to be chosen before anything else can be done. Sign in at the window to choose it.',
  ],
  'password-same': ['invalid-input', 'The new password is the current one. Choose another one.'],
  'day-ahead': ['invalid-input', 'This day has not begun yet. Choose today or a day before.'],
  'user-unknown': ['not-found', 'There is no person of this name at this site.'],
  'recovery-key-group': [
    'wrong-password',
    'Group {group} of the recovery key has a typing error. Compare it with the printed key.',
  ],
  'recovery-key-length': [
    'wrong-password',
    'A recovery key has {groups} groups of {size} characters. Compare it with the printed key.',
  ],
  'recovery-key-wrong': ['wrong-password', 'This is not the recovery key of this site.'],
  'new-password-needed': [
    'invalid-input',
    'The new password is needed: in CAHIER_NEW_PASSWORD, as the next line of standard input, or on a terminal.',
  ],
  'new-passwords-differ': ['invalid-input', 'The new password was typed in two ways. Nothing was changed.'],
  'password-needed': [
    'wrong-password',
    'A password is needed: set CAHIER_PASSWORD, or give it with --password-stdin.',
  ],
  'user-needed': ['invalid-input', 'Several people work at this site. Name one with --user.'],
  'line-too-long': ['invalid-input', 'The line is longer than one million bytes.'],
  'line-not-text': ['invalid-input', 'The line is not UTF-8 text.'],
  'line-not-json': ['invalid-input', 'The line is not a JSON object.'],
  'line-unfit': ['invalid-input', 'The line is not a change: {fault}.'],
  'folder-relative': ['invalid-input', 'The folder has to be named with its full path.'],
  'folder-unfit': ['not-a-site', 'The folder {folder} cannot be made. Choose another one.'],
  'not-a-site': [
    'not-a-site',
    'The folder {folder} holds no Cahier site. Choose a folder with the files site.cahier and keys.json.',
  ],
  'no-folder': ['not-a-site', 'No site folder is chosen yet. Choose one first.'],
  'site-exists': ['exists', 'The folder {folder} holds a Cahier site already. Choose an empty folder.'],
  'keys-missing': [
    'damaged',
    'The file keys.json is missing from the site folder. Copy it back from a backup.',
  ],
  'keys-damaged': [
    'damaged',
    'The file keys.json of the site folder is damaged. Copy it back from a backup.',
  ],
  'database-missing': [
    'damaged',
    'The file site.cahier is missing from the site folder. Copy it back from a backup.',
  ],
  'database-damaged': [
    'damaged',
    'The file site.cahier is damaged, or keys.json belongs to another site. Nothing was written. Copy both from a backup.',
  ],
  'entries-missing': [
    'damaged',
    'The file site.cahier ends with entry {newest} of the trail, but entry {noted} was acknowledged. Nothing was written. Restore a backup, or go on without what is missing.',
  ],
  'newer-file': [
    'newer-file',
    'This site was written by a newer version of Cahier. Install that version to open it.',
  ],
  'changed-migration': [
    'newer-file',
    'Step {number} of the database of this site differs from this version of Cahier. Install the version that wrote it.',
  ],
  'in-use': [
    'in-use',
    'The site is open already: by {user} on {host} since {since} (process {pid}). Close it there first.',
  ],
  'in-use-by-unknown': ['in-use', 'The site is open already in another process. Close it there first.'],
  'read-only': [
    'read-only',
    'The site folder cannot be written to. Check its permissions, or that its drive is not write-protected.',
  ],
  'disk-full': ['disk-full', 'The disk is full; nothing was saved. Free some space and try again.'],
  'disk-fault': [
    'damaged',
    'The disk reported a fault while reading or writing. Check the drive before going on.',
  ],
  'amendment-unknown': [
    'conflict',
    'The application brings another definition by now. Look at what it changes again.',
  ],
  'amendment-not-newer': [
    'conflict',
    'The definition that the application brings is not newer than the installed one.',
  ],
  'amendment-loses-answers': [
    'conflict',
    'The newer definition has no place for an answer of subject {subject}. Decide on that answer first.',
  ],
  'study-faulty': ['invalid-input', 'The study definition has {count} faults; the first: {fault}.'],
  'subject-unknown': ['not-found', 'There is no subject {subject} at this site.'],
  'subject-exists': ['exists', 'Subject {subject} exists already.'],
  'subject-number-unfit': [
    'invalid-input',
    'This is not a subject number of the study. A number looks like {example}.',
  ],
  'subject-of-other-site': ['invalid-input', 'Subject {subject} does not belong to site {site}.'],
  'no-free-number': ['conflict', 'No free subject number can be offered. Type one.'],
  'site-frozen': ['frozen', 'The site is frozen. Nothing is entered until the freeze is lifted.'],
  'subject-frozen': [
    'frozen',
    'Subject {subject} is frozen. Nothing is entered there until the freeze is lifted.',
  ],
  'site-frozen-already': ['conflict', 'The site is frozen already.'],
  'subject-frozen-already': ['conflict', 'The subject is frozen already.'],
  'site-not-frozen': ['conflict', 'The site is not frozen.'],
  'subject-not-frozen': ['conflict', 'The subject is not frozen.'],
  'move-needs-reason': ['reason-needed', 'Give the reason for this step.'],
  'no-form-to-move': ['conflict', 'There is no form in {where} that could go from {from} to {to}.'],
  'forms-in-the-way': ['conflict', 'Nothing was changed. In the way stands: {details}.'],
  'user-name-needed': [
    'invalid-input',
    'The first signature of a session needs the user name as well as the password.',
  ],
  'signed-already': ['conflict', 'A valid signature of {user} for exactly this stands already.'],
  'changed-before-signing': [
    'conflict',
    'The data were changed after they were shown. Look at them again, then sign.',
  ],
  'no-such-item': ['not-found', 'Form {form} has no item {item}: check the id.'],
  'form-unknown': ['not-found', 'The study has no form of this name. Check the id.'],
  'event-needed': ['invalid-input', 'The form {form} belongs to several events. Name the event.'],
  'second-unknown': ['not-found', 'This form is not to be entered a second time.'],
  'second-unseen': [
    'conflict',
    'Form {form} of subject {subject} in {event} is being entered a second time by {user}, who must not see the first entry meanwhile. Complete that second entry first, or give it back.',
  ],
  'second-other-person': [
    'forbidden',
    '{user} typed this form. Somebody who did not has to enter it a second time.',
  ],
  'second-too-early': ['conflict', '{user} typed this form, and can enter it a second time from {from} on.'],
  'second-taken': ['conflict', '{user} is entering this form a second time, or has done so.'],
  'second-not-begun': ['conflict', 'The second entry of this form is not in progress. Begin it first.'],
  'second-empty': ['conflict', 'The second entry holds no answer. Fill it in before completing it.'],
  'second-not-complete': ['conflict', 'The second entry of this form is not complete yet.'],
  'second-own-work': [
    'forbidden',
    '{user} typed one of the two entries. A third person has to decide between them.',
  ],
  'second-decided': ['conflict', 'This difference is decided already.'],
  'second-value-unfit': ['invalid-input', 'A value is given for another answer than the two, and only then.'],
  'finding-unknown': ['not-found', 'This finding is not open any more.'],
  'finding-not-soft': ['conflict', 'Only a soft finding can be confirmed. Correct the value instead.'],
  'query-unknown': ['not-found', 'Subject {subject} has no query of this number.'],
  'query-is-closed': ['conflict', 'This query is closed. Open a new one to ask again.'],
  'query-is-open': ['conflict', 'This query is still open: it has no answer yet.'],
  'query-is-answered': ['conflict', 'This query is answered already.'],
  'query-of-hard-check': [
    'conflict',
    'A hard check asks: the query closes once the value is corrected. It cannot be accepted without an answer.',
  ],
  'query-text-needed': ['reason-needed', 'A text is needed: say what is asked, answered or accepted.'],
  'query-row-unknown': [
    'not-found',
    'Form {form} has no row {row} here: ask about a row that holds an answer.',
  ],
  'no-head-in-file': [
    'not-found',
    'The file {file} holds no head of a trail. Give a workbook or the manifest of a backup.',
  ],
  'review-empty': ['conflict', 'These entries were reviewed already. Look at the newest ones first.'],
  'export-file-unfit': ['invalid-input', 'A workbook needs a full path that ends in .xlsx.'],
  'export-file-not-chosen': [
    'forbidden',
    'This file was not chosen in the save dialog. Choose it there first.',
  ],
  'copy-file-unfit': ['invalid-input', 'A copy needs a full path that ends in .pdf.'],
  'copy-page-unfit': [
    'invalid-input',
    'Without the window a copy is a page: name a full path that ends in .html.',
  ],
  'copy-scope-needed': ['invalid-input', 'Name one subject with --subject, or all with --all.'],
  'copy-crf-needed': ['invalid-input', 'Choose one of --blank and --annotated.'],
  'copy-unknown': ['not-found', 'There is no such copy in the making.'],
  'copy-running': ['conflict', 'A copy is being made already. Wait for it, or cancel it.'],
  'event-unknown': ['not-found', 'The study has no event {event}. Check the id.'],
  'report-file-unfit': ['invalid-input', 'A report needs a full path that ends in .xlsx or .html.'],
  'report-unknown': ['not-found', 'There is no report {report}. There is: study-table.'],
  'export-folder-missing': [
    'not-found',
    'The folder {folder} does not exist. Choose another one for the workbook.',
  ],
  'export-read-only': [
    'read-only',
    'The folder {folder} cannot be written to. Choose another one for the workbook.',
  ],
  'export-disk-full': [
    'disk-full',
    'The disk of the workbook is full; no file was written. Free some space, or choose another disk.',
  ],
  'export-file-stuck': [
    'conflict',
    'The file {file} cannot be replaced: it is open in another program, is a folder, or has too long a name. Close it, or choose another name.',
  ],
  'export-cut-early': [
    'not-found',
    'Nothing was recorded yet at the moment of the data cut. Choose a later one.',
  ],
  'export-cut-ahead': [
    'invalid-input',
    'The moment of the data cut has not come yet. Choose one that is over, or none.',
  ],
  'export-no-first-dose': [
    'invalid-input',
    'The study definition names no first dose, so days can’t be counted from it. Shift the dates instead.',
  ],
  'export-subject-new': ['conflict', 'A subject was enrolled while the export began. Start it again.'],
  'export-preset-unknown': ['not-found', 'There is no preset {name}.'],
  'export-option-unfit': ['invalid-input', '{option} can’t be {value}.'],
  'export-option-alone': ['invalid-input', '{option} goes with --deidentify.'],
  'export-subject-unknown': ['not-found', 'There is no subject {subject} here.'],
  'export-form-unknown': ['not-found', 'The study has no form {form}.'],
  'export-unknown': ['not-found', 'There is no such export.'],
  'export-running': ['conflict', 'An export is running already. Wait for it, or cancel it.'],
  ...bundleRefusals,
  ...importRefusals,
  ...poolRefusals,
  ...pushRefusals,
  cancelled: ['cancelled', 'The work was cancelled; nothing was written.'],
  'backup-unknown': ['not-found', 'There is no backup {file}. Choose one of the list.'],
  'backup-damaged': [
    'damaged',
    'The backup {file} is damaged: it is not what was verified when it was made. Choose another one.',
  ],
  'backup-unproven': [
    'damaged',
    'The copy could not be verified, so that it does not count as a backup. Run a verification of the site.',
  ],
  'backup-folder-gone': [
    'not-found',
    'The backup folder {folder} is not there. Connect its drive, or remove it from the list.',
  ],
  'backup-disk-full': [
    'disk-full',
    'The disk of the backup folder {folder} is full; no backup was left there. Free some space.',
  ],
  'backup-read-only': [
    'read-only',
    'The backup folder {folder} cannot be written to. Check its permissions, or choose another one.',
  ],
  'backup-folder-listed': ['exists', 'The folder {folder} is in the list already.'],
  'backup-folders-full': ['conflict', 'There are {most} further folders already. Remove one first.'],
  'backup-of-other-site': ['conflict', 'The backup {file} belongs to another site. Choose one of this site.'],
  'restore-folder-taken': ['exists', 'The folder {folder} is not empty. Choose an empty or a new one.'],
  'nothing-missing': ['conflict', 'No entry of the trail is missing. Sign in.'],
  'keys-sound': ['conflict', 'The file keys.json of the site folder is sound. Sign in with it.'],
  'salvage-nothing': [
    'damaged',
    'Nothing can be read of the file site.cahier: its first page is damaged. Restore a backup instead.',
  ],
  'salvage-without-study': [
    'damaged',
    'The study definition could not be read, so that the salvaged site does not open. Its rows are kept in its folder.',
  ],
  'restore-plan-damaged': [
    'damaged',
    'A restore was interrupted and its plan {file} is damaged. Nothing was changed; put a backup back by hand.',
  ],
  'compare-needs-site': ['invalid-input', 'A comparison needs the site: name its folder with --dir.'],
  'file-unreadable': ['not-found', 'The file {file} cannot be read.'],
  'not-available': ['invalid-input', '{what} is not available in this version.'],
  internal: [
    'internal',
    'Something unexpected happened; nothing was saved by this step. The log holds it under {reference}.',
  ],
} as const satisfies Record<string, readonly [RefusalCode, string]>;
