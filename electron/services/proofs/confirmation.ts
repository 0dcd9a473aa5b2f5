/** Confirmed findings: the newest confirmation of each, with its reason, its person and a hash of what it rested on. */
import { findingKey } from '#shared/edit-checks.ts';
import { sha256 } from '../trail.ts';
import type { TableProof } from './table-proof.ts';

interface Row {
  readonly subject: string | null;
  readonly key: string;
  readonly basis: string;
  readonly reason: string;
  readonly user: string;
  readonly confirmed_at: number;
}
const selectConfirmations = `
  SELECT subject.number AS subject, confirmation.key, confirmation.basis, confirmation.reason, confirmation.user, confirmation.confirmed_at
  FROM confirmation LEFT JOIN subject ON subject.id = confirmation.subject_id`;

export function confirmationProof(): TableProof {
  const confirmed = new Map<string, { readonly content: string; readonly name: string }>();
  return {
    tables: ['confirmation'],
    actions: ['finding.confirmed'],
    read: ({ subject, event, form, row, item, detail, reason, user, at }) => {
      if (subject === null || event === null || form === null || row === null || item === null) return;
      const key = findingKey({ event, form, row, item, check: String(detail?.['check']) });
      confirmed.set(`${subject} ${key}`, {
        content: contentOf(String(detail?.['basis']), reason ?? '', user, Date.parse(at)),
        name: nameOf(subject, key),
      });
    },
    problems: (db) => {
      const rows = db.prepare<[], Row>(selectConfirmations).all();
      const problems = rows.flatMap(({ subject, key, basis, reason, user, confirmed_at }) => {
        const said = confirmed.get(`${subject ?? ''} ${key}`);
        confirmed.delete(`${subject ?? ''} ${key}`);
        const agrees = said?.content === contentOf(sha256(basis), reason, user, confirmed_at);
        return agrees ? [] : [`${nameOf(subject ?? '?', key)} is stored otherwise than the trail says.`];
      });
      return [
        ...problems,
        ...[...confirmed.values()].map(({ name }) => `${name} is in the trail and not stored.`),
      ];
    },
  };
}

function contentOf(basis: string, reason: string, user: string, at: number): string {
  return JSON.stringify([basis, reason, user, at]);
}

function nameOf(subject: string, key: string): string {
  return `The confirmation of ${key.split('|').join(' ')} of subject ${subject}`;
}
