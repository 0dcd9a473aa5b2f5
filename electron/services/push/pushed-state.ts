/** What a push is known by: the same cut under the same definition and choices is the same export, wherever and whenever it is loaded. */
import { createHash } from 'node:crypto';
import { layoutVersion } from '#shared/push/plan.ts';
import type { PushedState } from '#shared/push/standing.ts';
import type { ExportSource } from '../export-content.ts';

export function pushedState({ reader, study, fingerprint, choices }: ExportSource): PushedState {
  const { seq, at, head } = reader.cut;
  const exportId = createHash('sha256')
    .update(JSON.stringify([layoutVersion, head, fingerprint, choices ?? null]))
    .digest('hex');
  return {
    ...{ exportId, study: study.id, studyVersion: study.version, fingerprint },
    ...{ origin: firstHash(reader), cutSeq: seq, cutAt: new Date(at).toISOString(), head },
    values: reader.countValues().exported,
  };
}

function firstHash(reader: ExportSource['reader']): string {
  for (const { hash } of reader.audit()) return hash ?? '';
  return '';
}
