/** A line of the conflict book as a person reads it: where it is, and what is said on each side. */
import { answerWords, valueText } from '#shared/casebook/answer-words.ts';
import type { Conflict } from '#shared/pool/conflict.ts';
import { traitSeparator } from '#shared/pool/same-child.ts';
import type { ItemValue } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import type { Language } from '#shared/study.ts';
import { t } from '../i18n.ts';
import { eventWords } from './place-words.ts';

export interface PlaceLine {
  readonly part: 'site' | 'subject' | 'other' | 'event' | 'form' | 'row' | 'item' | 'definition' | 'sheet';
  readonly words: string;
}

/** What a side of the conflict is called: of an edited sheet, both are of the file. */
export function sideName({ kind }: Conflict, side: 'pooled' | 'incoming'): string {
  return t(`conflicts.${kind === 'edited' ? 'sideEdited' : 'side'}.${side}`);
}

/** Each part of the place with its name, in the order in which a person looks it up. */
export function placeLines(
  model: StudyModel,
  conflict: Conflict,
  language: Language,
  siteName: (code: string) => string | null,
): readonly PlaceLine[] {
  const { kind, site, subject, event, form, row, item, other } = conflict;
  const name = siteName(site);
  const lines: readonly (PlaceLine | null)[] = [
    { part: 'site', words: name === null ? site : `${site} · ${name}` },
    subject === null ? null : { part: 'subject', words: subject },
    event === null ? null : { part: 'event', words: `${event} · ${eventWords(model, event, language)}` },
    form === null
      ? null
      : { part: 'form', words: `${form} · ${model.form(form)?.form.name[language] ?? form}` },
    item === null ? null : { part: 'item', words: itemLabel(model, item, language) },
    row === null || !isRepeated(model, item) ? null : { part: 'row', words: String(row) },
    kind === 'same-child' && other !== null ? { part: 'other', words: other } : null,
    kind === 'definition' && other !== null
      ? { part: 'definition', words: definitionWords(model, other, language) }
      : null,
    kind === 'edited' && other !== null ? { part: 'sheet', words: other } : null,
  ];
  return lines.filter((line) => line !== null);
}

/** The same in one line: "FU1 · Vital signs · Weight". */
export function whereWords(model: StudyModel, conflict: Conflict, language: Language): string {
  const { kind, site, event, form, row, item, other } = conflict;
  if (kind === 'same-child') return t('conflicts.andSubject', { subject: other ?? '' });
  if (kind === 'definition') return definitionWords(model, other ?? '', language);
  if (kind === 'edited' && item === null) return t('conflicts.inSheet', { sheet: other ?? '' });
  if (event === null) return t('conflicts.atSite', { site });
  const parts = [event, form ?? '', item === null ? '' : itemLabel(model, item, language)];
  if (row !== null && isRepeated(model, item)) parts.push(t('conflicts.rowNumber', { row }));
  return parts.filter((part) => part !== '').join(' · ');
}

/** null: nothing is said there. */
export function contentWords(
  model: StudyModel,
  { kind, item }: Pick<Conflict, 'kind' | 'item'>,
  content: ItemValue | string | null,
  language: Language,
): string | null {
  if (content === null) return null;
  if (typeof content !== 'string') return valueText(model, item, content, language);
  const isOfChild = kind === 'same-child' || kind === 'same-number';
  return isOfChild ? traitWords(model, content, language) : content;
}

/** The traits by which children are told apart, each as its form shows it; anything else as it stands. */
function traitWords(model: StudyModel, joined: string, language: Language): string {
  const { traits } = model.study;
  const texts = joined.split(traitSeparator);
  if (texts.length !== traits.length) return joined;
  return texts
    .map((text, at) => {
      const item = traits[at] ?? '';
      const value = { text, relation: null, number: null, unit: null, precision: null, missing: null };
      return answerWords(model, item, value, language).text;
    })
    .join(traitSeparator);
}

/** "column VS vs_wt" and "code CL_SEX 1", as the comparison of two definitions names what differs. */
function definitionWords(model: StudyModel, named: string, language: Language): string {
  const [kind, ...rest] = named.split(' ');
  const label = kind === 'column' ? model.item(rest[1] ?? '')?.item.label[language] : undefined;
  const id = rest.join(' ');
  if (kind === 'column') return t('conflicts.column', { id: label === undefined ? id : `${id} · ${label}` });
  return kind === 'code' ? t('conflicts.code', { id }) : named;
}

function itemLabel(model: StudyModel, item: string, language: Language): string {
  return model.item(item)?.item.label[language] ?? item;
}

function isRepeated(model: StudyModel, item: string | null): boolean {
  return item !== null && model.item(item)?.group.repeating === true;
}
