/** An entry as one plain sentence. The labels come from the study; an id that it no longer has is shown as it is. */
import type { AuditEntry } from './entry.ts';
import { isOfQuery } from './entry-words.ts';
import { inEnglish } from './sentence-en.ts';
import { inFrench } from './sentence-fr.ts';
import type { Language } from '../study.ts';
import type { StudyModel } from '../study-model.ts';

export function sentence(entry: AuditEntry, model: StudyModel, language: Language): string {
  const said = language === 'fr' ? inFrench(entry, model) : inEnglish(entry, model);
  if (entry.reason === null) return `${said}.`;
  if (isOfQuery(entry))
    return language === 'fr' ? `${said} : « ${entry.reason} ».` : `${said}: “${entry.reason}”.`;
  return language === 'fr' ? `${said}. Motif : ${entry.reason}.` : `${said}. Reason: ${entry.reason}.`;
}
