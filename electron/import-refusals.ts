/** Refusals about files that are imported. A part of refusals.ts. */
import type { RefusalCode } from '#shared/bridge.ts';

export const importRefusals = {
  'import-not-a-workbook': [
    'unreadable',
    'The file {file} is not an .xlsx workbook or text table. Choose another file, or save it as .xlsx first.',
  ],
  'import-old-or-locked': [
    'unreadable',
    'The file {file} is an old .xls file or has a password, whatever its name says. Open it in Excel and save it as .xlsx without a password.',
  ],
  'import-cut-short': [
    'unreadable',
    'The file {file} is damaged or was copied only in part. Copy it again from where it came.',
  ],
  'import-too-large': [
    'invalid-input',
    'The file {file} holds more than can be read safely. Split it, or remove the rows and sheets that are not needed.',
  ],
  'import-macros': [
    'invalid-input',
    'The file {file} contains macros. Save it as an .xlsx workbook without macros.',
  ],
  'import-external-links': [
    'invalid-input',
    'The file {file} takes values from other files. Break its links in Excel, so that the values stand in it.',
  ],
  'import-other-study': [
    'invalid-input',
    'The workbook {file} belongs to the study {study}; this site works on {here}. Choose a workbook of this study.',
  ],
  'import-other-version': [
    'invalid-input',
    'The workbook {file} was written with version {version} of the study; this site has {here} with another definition. Export it again with the same version, or import it by a mapping.',
  ],
  'import-other-site': [
    'invalid-input',
    'The workbook {file} belongs to site {site}; this is site {here}. Workbooks of several sites are pooled, not imported.',
  ],
  'import-sheet-missing': ['damaged', 'The workbook {file} lacks the sheet {sheet}. Export it again.'],
  'import-column-missing': [
    'damaged',
    'The sheet {sheet} of {file} has no column {column} where it stood when it was exported. Export it again, or import it by a mapping.',
  ],
  'import-sheet-changed': [
    'damaged',
    'Sheets of {file} were changed after the export, or the file is damaged: {sheets}. Export it again, or import it by a mapping.',
  ],
  'import-formula': [
    'damaged',
    'Cell {cell} of sheet {sheet} in {file} holds a formula where an exported value stood. Export it again, or import it by a mapping.',
  ],
  'import-mapping-needed': [
    'invalid-input',
    'The file {file} was not exported by Cahier. Give a mapping that says which column answers which item.',
  ],
  'import-mapping-other-study': [
    'invalid-input',
    'The mapping was made for the study {study}; this site works on {here}. Choose another mapping.',
  ],
  'import-mapping-no-sheet': [
    'not-found',
    'The file has no sheet {sheet}, which the mapping names. Correct the mapping, or choose another file.',
  ],
  'import-mapping-no-column': [
    'not-found',
    'The table has no column {column}, which the mapping names. Correct the mapping, or choose another file.',
  ],
  'import-mapping-two-columns': [
    'conflict',
    'The table has several columns {column}. Name the one that is meant by its position, as #3 for the third.',
  ],
  'import-mapping-no-item': [
    'not-found',
    'The study has no item {item}, which the mapping names. Correct the mapping.',
  ],
  'import-mapping-no-event': [
    'invalid-input',
    'The form of {item} belongs to several events. Say in the mapping to which one the column {column} belongs.',
  ],
  'import-mapping-unfit': ['invalid-input', 'The mapping is not usable: {fault}.'],
  'import-reason-needed': ['reason-needed', 'Overwriting values that stand needs a reason. Give one.'],
  'import-file-not-chosen': [
    'forbidden',
    'This file was not chosen in the open dialog. Choose it there first.',
  ],
  'import-file-changed': [
    'conflict',
    'The file {file} is not the one that was tried. Try it again before importing it.',
  ],
  'import-unknown': ['not-found', 'There is no such import.'],
  'import-running': ['conflict', 'An import is running already. Wait for it, or cancel it.'],
} as const satisfies Record<string, readonly [RefusalCode, string]>;
