/** The state of every form follows from the entries that moved it, and each of these was a move that there is. */
import type { AuditAction, ChainedEntry } from '#shared/audit.ts';
import { moveBetween } from '#shared/workflow.ts';
import type { FormState } from '#shared/record.ts';
import type { TableProof } from './table-proof.ts';

const moving: readonly AuditAction[] = [
  'form.started',
  'form.completed',
  'form.reopened',
  'form.verified',
  'form.verification-withdrawn',
  'form.signed',
  'form.locked',
  'form.unlocked',
  'form.delivered',
];
const selectForms = `
  SELECT subject.number AS subject, form.event, form.form, form.state
  FROM form JOIN subject ON subject.id = form.subject_id ORDER BY form.id`;

interface StoredForm {
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  readonly state: FormState;
}

export function createFormStateProof(): TableProof {
  const states = new Map<string, unknown>();
  const strange: string[] = [];
  return {
    tables: ['form'],
    actions: moving,
    read: (entry) => {
      const { subject, event, form, detail, seq } = entry;
      if (subject === null || event === null || form === null) return;
      const key = `${subject}|${event}|${form}`;
      // In a pool a form is what its site says it is.
      if (entry.action === 'form.delivered') {
        states.set(key, detail?.['state']);
        return;
      }
      const before = states.get(key) ?? 'empty';
      if (detail?.['from'] !== before || !isMove(entry))
        strange.push(
          `Entry ${seq} moves form ${form} in ${event} of subject ${subject} from a state that it was not in, or past a step.`,
        );
      states.set(key, detail?.['to']);
    },
    problems: (db) => {
      const rows = db.prepare<[], StoredForm>(selectForms).all();
      const stored = new Set(rows.map(({ subject, event, form }) => `${subject}|${event}|${form}`));
      const differing = rows
        .filter(
          ({ subject, event, form, state }) =>
            (states.get(`${subject}|${event}|${form}`) ?? 'empty') !== state,
        )
        .map(
          ({ subject, event, form }) =>
            `The state of form ${form} in ${event} of subject ${subject} is not what the trail gives.`,
        );
      const missing = [...states.keys()]
        .filter((key) => !stored.has(key))
        .map((key) => `A form that the trail knows is not stored: ${key.split('|').join(', ')}.`);
      return [...strange, ...differing, ...missing];
    },
  };
}

/**
 * A form that is filled and completed in one save goes two steps in one entry. In older trails a form was opened again
 * for entry, complete → in progress, a move that there is no more.
 */
function isMove({ action, detail }: ChainedEntry): boolean {
  const [from, to] = [detail?.['from'], detail?.['to']];
  if (action === 'form.started' && from === 'empty' && to === 'complete') return true;
  if (action === 'form.reopened') return from === 'complete' && to === 'in-progress';
  return moveBetween(from as FormState, to as FormState) !== null; // whatever it is, it is looked up in the table
}
