/**
 * Stand-ins of subjects: each row, salt included, has the hash that the trail said when it was drawn. A row that was altered,
 * exchanged, removed or added is found; what it says can't be read from the trail.
 */
import { commitmentTo, readPseudonyms } from '../export-choices/pseudonyms.ts';
import type { TableProof } from './table-proof.ts';

export function pseudonymProof(): TableProof {
  const drawn = new Map<string, string>();
  const twice: string[] = [];
  return {
    tables: ['pseudonym'],
    actions: ['pseudonym.drawn'],
    read: ({ subject, detail, seq }) => {
      if (subject === null) return;
      if (drawn.has(subject))
        twice.push(`Entry ${String(seq)} draws a second stand-in for subject ${subject}.`);
      drawn.set(subject, String(detail?.['sha256']));
    },
    problems: (db) => {
      const rows = readPseudonyms(db);
      const stored = new Set(rows.map(({ subject }) => subject));
      const known = db.prepare<[], number>('SELECT COUNT(*) FROM pseudonym').pluck().get() ?? 0;
      return [
        ...twice,
        ...(known === rows.length ? [] : ['A stand-in is stored for a subject that there is not.']),
        ...rows
          .filter((row) => drawn.get(row.subject) !== commitmentTo(row))
          .map(({ subject }) => `The stand-in of subject ${subject} is not what the trail gives.`),
        ...[...drawn.keys()]
          .filter((subject) => !stored.has(subject))
          .map((subject) => `The stand-in of subject ${subject} is in the trail and not stored.`),
      ];
    },
  };
}
