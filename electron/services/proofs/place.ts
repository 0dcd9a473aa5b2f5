/**
 * Subjects, forms and items that entries are about: there is a row for each, and no other. Their names are in every hash; that
 * a form is one of the entry's own subject is not, for the same form is there for every subject.
 */
import type { StoredProof } from './table-proof.ts';

const selectForms = `
  SELECT form.id, form.subject_id, subject.number AS subject, form.event, form.form
  FROM form LEFT JOIN subject ON subject.id = form.subject_id`;
const selectItems = 'SELECT id, name FROM item';
const selectSubjects = 'SELECT id FROM subject';
/** A delivered form has all its values in one entry, which names their items. */
const selectDelivered = `
  SELECT DISTINCT value.item_id FROM delivered_form JOIN value ON value.form_id = delivered_form.form_id`;

interface Form {
  readonly id: number;
  readonly subject_id: number;
  readonly subject: string | null;
  readonly event: string;
  readonly form: string;
}

export function placeProof(): StoredProof {
  /** Form → subject, of the first entry about it. */
  const forms = new Map<number, number | null>();
  const items = new Set<number>();
  const subjects = new Set<number>();
  const moved = new Set<number>();
  return {
    tables: ['form', 'item'],
    actions: 'all',
    take: ([seq, , , subjectId, formId, , itemId]) => {
      if (subjectId !== null) subjects.add(subjectId);
      if (itemId !== null) items.add(itemId);
      if (formId === null) return;
      const known = forms.get(formId);
      if (known === undefined) forms.set(formId, subjectId);
      else if (known !== subjectId) moved.add(seq);
    },
    problems: (db) => {
      const rows = db.prepare<[], Form>(selectForms).all();
      const stored = new Map(rows.map((form) => [form.id, form]));
      const names = db.prepare<[], { id: number; name: string }>(selectItems).all();
      for (const id of db.prepare<[], number>(selectDelivered).pluck().all()) items.add(id);
      const lost = [
        ...missing(forms.keys(), stored),
        ...missing(items, new Map(names.map(({ id, name }) => [id, name]))),
        ...missing(
          subjects,
          new Map(
            db
              .prepare<[], number>(selectSubjects)
              .pluck()
              .all()
              .map((id) => [id, id]),
          ),
        ),
      ];
      const elsewhere = [...forms].filter(
        ([id, subject]) => stored.has(id) && stored.get(id)?.subject_id !== subject,
      );
      return [
        ...[...moved].map((seq) => `Entry ${String(seq)} of the trail was moved to another subject.`),
        ...elsewhere.map(
          ([id]) =>
            `Form ${stored.get(id)?.form ?? ''} in ${stored.get(id)?.event ?? ''} was moved to another subject.`,
        ),
        ...(lost.length > 0
          ? ['Entries of the trail have lost the subject, form or item that they are about.']
          : []),
        ...rows
          .filter(({ id }) => !forms.has(id))
          .map(
            ({ subject, event, form }) =>
              `Form ${form} in ${event} of subject ${subject ?? '?'} is stored and the trail knows nothing of it.`,
          ),
        ...names
          .filter(({ id }) => !items.has(id))
          .map(({ name }) => `Item ${name} is stored and the trail knows nothing of it.`),
      ];
    },
  };
}

function missing(ids: Iterable<number>, stored: ReadonlyMap<number, unknown>): readonly number[] {
  return [...ids].filter((id) => !stored.has(id));
}
