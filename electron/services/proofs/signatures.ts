/**
 * Every signature follows from the entry that made it; and one whose content no longer has its hash is explained by a
 * change in the trail, or somebody altered the file.
 */
import { canonicalJson, type ChainedEntry } from '#shared/audit.ts';
import type { ReadableDb } from '../../db/open.ts';
import { allSignatures, type SignatureRow } from '../signature-rows.ts';
import type { TableProof } from './table-proof.ts';

const selectSignatures = `
  SELECT signature.id, subject.number AS subject, event, form, user, printed_name, role, meaning, at, offset_minutes,
         study_fingerprint, content_hash, trail_seq
  FROM signature JOIN subject ON subject.id = signature.subject_id ORDER BY signature.id`;

type StoredSignature = SignatureRow & { readonly subject: string };

export function createSignatureProof(): TableProof {
  const told = new Map<number, string>();
  return {
    tables: ['signature'],
    actions: ['signature.made'],
    read: (entry) => {
      told.set(Number(entry.detail?.['signature']), canonicalJson(rowOf(entry)));
    },
    problems: (db) => {
      const rows = db.prepare<[], StoredSignature>(selectSignatures).all();
      const differing = rows
        .filter((row) => told.get(row.id) !== canonicalJson(row))
        .map(
          ({ id, subject }) => `Signature ${String(id)} of subject ${subject} is not what the trail gives.`,
        );
      const stored = new Set(rows.map(({ id }) => id));
      const missing = [...told.keys()]
        .filter((id) => !stored.has(id))
        .map((id) => `Signature ${String(id)} is in the trail and not stored.`);
      return [...differing, ...missing, ...unexplained(db)];
    },
  };
}

/** The row that the entry speaks of, whole. */
function rowOf({ subject, user, role, at, offsetMinutes, detail }: ChainedEntry): unknown {
  return {
    id: detail?.['signature'],
    ...{ subject, user, role, event: detail?.['event'], form: detail?.['form'] },
    printed_name: detail?.['printedName'],
    meaning: detail?.['meaning'],
    at: Date.parse(at),
    offset_minutes: offsetMinutes,
    study_fingerprint: detail?.['studyFingerprint'],
    content_hash: detail?.['contentHash'],
    trail_seq: detail?.['trailSeq'],
  };
}

function unexplained(db: ReadableDb): readonly string[] {
  return [...allSignatures(db)]
    .filter(({ validity }) => validity.state === 'broken' && validity.by.length === 0)
    .map(
      ({ id, subject }) =>
        `What signature ${String(id)} of subject ${subject} covers was changed, and no entry of the trail explains it.`,
    );
}
