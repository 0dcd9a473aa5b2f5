/** Forms and items: there is a row for each that an entry is about, and for no other. Their names are in every hash. */
import type { StoredProof } from './table-proof.ts';

const selectForms = `
  SELECT form.id, subject.number AS subject, form.event, form.form
  FROM form LEFT JOIN subject ON subject.id = form.subject_id`;
const selectItems = 'SELECT id, name FROM item';

export function placeProof(): StoredProof {
  const forms = new Set<number>();
  const items = new Set<number>();
  return {
    tables: ['form', 'item'],
    actions: 'all',
    take: ({ 9: formId, 11: itemId }) => {
      if (formId !== null) forms.add(formId);
      if (itemId !== null) items.add(itemId);
    },
    problems: (db) => [
      ...db
        .prepare<[], { id: number; subject: string | null; event: string; form: string }>(selectForms)
        .all()
        .filter(({ id }) => !forms.has(id))
        .map(
          ({ subject, event, form }) =>
            `Form ${form} in ${event} of subject ${subject ?? '?'} is stored and the trail knows nothing of it.`,
        ),
      ...db
        .prepare<[], { id: number; name: string }>(selectItems)
        .all()
        .filter(({ id }) => !items.has(id))
        .map(({ name }) => `Item ${name} is stored and the trail knows nothing of it.`),
    ],
  };
}
