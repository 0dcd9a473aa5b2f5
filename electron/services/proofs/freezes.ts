/** Every freeze follows from the entries that set and lifted it, in their order. */
import type { TableProof } from './table-proof.ts';

interface Frozen {
  readonly id: number;
  readonly subject: string | null;
  readonly frozenAt: number;
  readonly user: string;
  readonly reason: string | null;
  liftedAt: number | null;
}
const selectFreezes = `
  SELECT freeze.id, subject.number AS subject, frozen_at AS frozenAt, user, reason, lifted_at AS liftedAt
  FROM freeze LEFT JOIN subject ON subject.id = freeze.subject_id ORDER BY freeze.id`;

export function createFreezeProof(): TableProof {
  const told: Frozen[] = [];
  return {
    tables: ['freeze'],
    actions: ['subject.frozen', 'subject.unfrozen', 'site.frozen', 'site.unfrozen'],
    read: ({ action, subject, at, user, reason }) => {
      const time = Date.parse(at);
      if (action === 'subject.frozen' || action === 'site.frozen') {
        told.push({ id: told.length + 1, subject, frozenAt: time, user, reason, liftedAt: null });
        return;
      }
      const standing = told.find((freeze) => freeze.subject === subject && freeze.liftedAt === null);
      if (standing !== undefined) standing.liftedAt = time;
    },
    problems: (db) => {
      const stored = db.prepare<[], Frozen>(selectFreezes).all();
      return Array.from({ length: Math.max(stored.length, told.length) }).flatMap((_, position) => {
        const [one, other] = [stored[position], told[position]];
        if (one !== undefined && other !== undefined && isSame(one, other)) return [];
        const subject = (one ?? other)?.subject ?? null;
        const of = subject === null ? 'the site' : `subject ${subject}`;
        return [`Freeze ${String(position + 1)}, of ${of}, is not what the trail gives.`];
      });
    },
  };
}

function isSame(one: Frozen, other: Frozen): boolean {
  return (
    one.id === other.id &&
    one.subject === other.subject &&
    one.frozenAt === other.frozenAt &&
    one.user === other.user &&
    one.reason === other.reason &&
    one.liftedAt === other.liftedAt
  );
}
