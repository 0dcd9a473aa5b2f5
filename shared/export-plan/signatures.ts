/** SIGNATURES: every signature that was ever made, with what it says and whether it still holds (21 CFR 11.50(b)). */
import { toMeaningWords, type Signature } from '../signature.ts';
import { integer, text, type FilledColumn } from './sheet.ts';

export const signatureColumns: readonly FilledColumn<Signature>[] = [
  integer('SIGNATURE', 11, ({ id }) => id),
  text('SUBJID', 12, ({ subject }) => subject),
  text('VISIT', 8, ({ event }) => event),
  text('FORM', 8, ({ form }) => form),
  text('PRINTED_NAME', 30, ({ printedName }) => told(printedName)),
  text('USER', 20, ({ user }) => told(user)),
  text('ROLE', 14, ({ role }) => role),
  text('MEANING', 12, ({ meaning }) => meaning),
  text('MEANING_EN', 60, ({ meaning }) => toMeaningWords(meaning).en),
  text('MEANING_FR', 60, ({ meaning }) => toMeaningWords(meaning).fr),
  text('SIGNED_UTC', 26, ({ at }) => told(at)),
  integer('OFFSET_MIN', 12, ({ offsetMinutes }) => offsetMinutes),
  text('CONTENT_SHA256', 66, ({ contentHash }) => told(contentHash)),
  text('STATE', 10, ({ validity }) => validity.state),
  text('BROKEN_BY', 60, ({ validity }) =>
    validity.state === 'valid'
      ? null
      : validity.by.length === 0
        ? 'altered outside of the application'
        : validity.by
            .map(
              ({ seq, event, form, row, item }) =>
                `${event}/${form}/${String(row)}/${item}${seq === 0 ? '' : ` (entry ${String(seq)})`}`,
            )
            .join('\n'),
  ),
];

/** What does not leave the site is empty. */
function told(text: string): string | null {
  return text === '' ? null : text;
}
