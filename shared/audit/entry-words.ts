/** What the sentences of the trail are put together from: who did it, and what of the study it is about, in words. */
import { isEmpty, showItemWithUnit } from '../item-value.ts';
import type { ItemValue } from '../record.ts';
import type { Language } from '../study.ts';
import type { StudyModel } from '../study-model.ts';
import type { AuditEntry } from './entry.ts';

export function isOfQuery(entry: AuditEntry): boolean {
  return entry.action.startsWith('query.');
}
export function isOfCheck(entry: AuditEntry): boolean {
  return entry.detail?.['check'] !== undefined;
}
export function isByApplication(entry: AuditEntry): boolean {
  return entry.origin === 'system';
}

/** A value written by calculation or by the application is not said to be the work of the person who was signed in. */
export function byWhom(entry: AuditEntry, language: Language): string {
  const isOfValue = entry.item !== null;
  if (isOfValue && entry.origin === 'derivation') return language === 'fr' ? 'par calcul' : 'by calculation';
  if (isOfValue && entry.origin === 'system')
    return language === 'fr' ? 'par l’application' : 'by the application';
  const by = language === 'fr' ? `par ${entry.user}` : `by ${entry.user}`;
  return entry.origin === 'import' ? `${by} (import)` : by;
}

/** What was called without the right to: a method of the contract, or the verb that a command needs. */
export function attempted(entry: AuditEntry): string {
  const method = detail(entry, 'method');
  return method === '' ? detail(entry, 'verb') : method;
}

/** What a signature covers: a form of a visit, a visit, or the subject. */
export function scopeLabel(entry: AuditEntry, model: StudyModel, language: Language): string {
  const [event, form] = [detail(entry, 'event'), detail(entry, 'form')];
  const subject = `${language === 'fr' ? 'Sujet' : 'Subject'} ${entry.subject ?? ''}`;
  if (event === '') return subject;
  const place = form === '' ? event : `${event}, ${model.form(form)?.form.name[language] ?? form}`;
  return `${subject}, ${place}`;
}

export function itemLabel(entry: AuditEntry, model: StudyModel, language: Language): string {
  if (entry.item === null) return '';
  return model.item(entry.item)?.item.label[language] ?? entry.item;
}

export function placeLabel(entry: AuditEntry, model: StudyModel, language: Language): string {
  const form = entry.form === null ? null : (model.form(entry.form)?.form.name[language] ?? entry.form);
  const repeats = entry.item !== null && model.item(entry.item)?.group.repeating === true;
  const row = repeats && entry.row !== null ? `${language === 'fr' ? 'ligne' : 'row'} ${entry.row}` : null;
  return [entry.event, form, row].filter((part) => part !== null).join(', ');
}

export function value(
  entry: AuditEntry,
  held: ItemValue | null,
  model: StudyModel,
  language: Language,
): string {
  if (held === null || isEmpty(held)) return language === 'fr' ? '(vide)' : '(empty)';
  const placed = entry.item === null ? undefined : model.item(entry.item);
  return placed === undefined
    ? (held.text ?? held.missing ?? '')
    : showItemWithUnit(model, placed, held, language);
}

export function detail(entry: AuditEntry, name: string): string {
  return String(entry.detail?.[name] ?? '');
}
