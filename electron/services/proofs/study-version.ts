/** Study definitions: installed in the order of the trail, each exactly as it was. */
import { sha256 } from '../trail.ts';
import type { TableProof } from './table-proof.ts';

interface Row {
  readonly id: number;
  readonly study: string;
  readonly version: string;
  readonly fingerprint: string;
  readonly definition: string;
  readonly installed_at: number;
}
const selectVersions =
  'SELECT id, study, version, fingerprint, definition, installed_at FROM study_version ORDER BY id';

export function studyVersionProof(): TableProof {
  const installed: { readonly name: string; readonly content: string }[] = [];
  return {
    tables: ['study_version'],
    actions: ['study.installed'],
    read: ({ detail, at }) => {
      const [study, version, fingerprint] = ['study', 'version', 'fingerprint'].map((key) =>
        String(detail?.[key]),
      );
      installed.push({
        name: `${study ?? ''} ${version ?? ''}`,
        content: JSON.stringify([study, version, fingerprint, Date.parse(at)]),
      });
    },
    problems: (db) => {
      const rows = db.prepare<[], Row>(selectVersions).all();
      const there = new Set(rows.map(({ id }) => id));
      return [
        ...rows.flatMap(({ id, study, version, fingerprint, definition, installed_at }) => {
          if (sha256(definition) !== fingerprint)
            return [`The definition of study ${study} was changed after it was installed.`];
          const agrees =
            installed[id - 1]?.content === JSON.stringify([study, version, fingerprint, installed_at]);
          return agrees ? [] : [`Study ${study} ${version} is stored otherwise than the trail says.`];
        }),
        ...installed.flatMap(({ name }, index) =>
          there.has(index + 1) ? [] : [`Study ${name} is in the trail and not stored.`],
        ),
      ];
    },
  };
}
