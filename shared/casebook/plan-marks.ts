/** Findings, queries, signatures and entries of the trail, each in words. */
import { sentence, type AuditEntry, type ChainedEntry } from '../audit.ts';
import type {
  CasebookChange,
  CasebookFinding,
  CasebookNote,
  CasebookQuery,
  CasebookSignature,
} from '../casebook.ts';
import type { Query } from '../query.ts';
import type { Finding, ItemValue } from '../record.ts';
import { toMeaningWords, type BreakingChange, type Signature } from '../signature.ts';
import type { Language } from '../study.ts';
import type { StudyModel } from '../study-model.ts';
import { placeWords, valueText } from './answer-words.ts';
import { showUtc } from './moment.ts';
import type { ConfirmedFinding } from './sources.ts';

export interface MarkWords {
  readonly finding: (finding: Finding, confirmed: ConfirmedFinding | null) => CasebookFinding;
  readonly query: (query: Query, isListed: boolean) => CasebookQuery;
  readonly signature: (signature: Signature) => CasebookSignature;
  readonly change: (entry: ChainedEntry) => CasebookChange;
  readonly note: (entry: AuditEntry) => CasebookNote;
}

export function createMarkWords(model: StudyModel, language: Language): MarkWords {
  return {
    finding: ({ check, severity, status, message }, confirmed) => ({
      ...{ check, severity, status },
      message: message[language],
      confirmed,
    }),
    query: (query, isListed) => {
      const { id, state, closedBy, check, messages, message: asked } = query;
      return {
        ...{ id, state, closedBy, check },
        about: isListed ? null : placeWords(model, query, language),
        messages: messages.map((message) => ({ ...message, text: message.text ?? asked?.[language] ?? '' })),
      };
    },
    signature: (signature) => {
      const { user, role, at, offsetMinutes, printedName, meaning, contentHash, validity } = signature;
      const brokenBy =
        validity.state === 'valid'
          ? null
          : validity.by.map((change) => breakingWords(model, change, language));
      return {
        ...{ user, role, at, offsetMinutes, printedName, contentHash, brokenBy },
        meaning: toMeaningWords(meaning)[language],
      };
    },
    change: (entry) => {
      const { seq, user, role, at, offsetMinutes, origin, item } = entry;
      const words = (value: ItemValue | null): string => valueText(model, item, value, language);
      const reason = entry.reason === null ? null : reasonWords(model, entry.reason, language);
      const sides = { old: words(entry.old), new: words(entry.new) };
      return { ...{ seq, user, role, at, offsetMinutes, origin }, what: whatOf(entry), ...sides, reason };
    },
    note: (entry) => {
      const { seq, at, offsetMinutes } = entry;
      return { seq, at, offsetMinutes, text: sentence(entry, model, language) };
    },
  };
}

function whatOf({ action }: AuditEntry): CasebookChange['what'] {
  switch (action) {
    case 'value.parked':
      return 'parked';
    case 'value.unparked':
      return 'unparked';
    case 'row.removed':
      return 'removed';
    default:
      return 'set';
  }
}

/** A code of the study's list of reasons, or what was typed. */
function reasonWords(model: StudyModel, reason: string, language: Language): string {
  const list = model.codeList(model.study.changeReasons);
  return list?.codes.find(({ code }) => code === reason)?.label[language] ?? reason;
}

function breakingWords(model: StudyModel, change: BreakingChange, language: Language): string {
  const place = [change.event, model.form(change.form)?.form.name[language] ?? change.form];
  const by = language === 'fr' ? 'par' : 'by';
  return `${[...place, placeWords(model, change, language)].join(', ')} · ${showUtc(change.at, language)}, ${by} ${change.user}`;
}
