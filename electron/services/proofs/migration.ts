/** The steps that made the tables: those of this version, applied when the site was made or when the trail says. */
import type { KnownStep, TableProof } from './table-proof.ts';

interface Row {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  readonly applied_at: number;
}
const selectApplied = 'SELECT number, name, sha256, applied_at FROM migration ORDER BY number';

export function migrationProof(known: readonly KnownStep[]): TableProof {
  let createdAt: number | null = null;
  const applied = new Map<number, { readonly sha256: string; readonly at: number }>();
  return {
    tables: ['migration'],
    actions: ['site.created', 'database.migrated'],
    read: ({ action, at, detail }) => {
      if (action === 'site.created') createdAt ??= Date.parse(at);
      else
        applied.set(Number(detail?.['number']), { sha256: String(detail?.['sha256']), at: Date.parse(at) });
    },
    problems: (db) => {
      const rows = db.prepare<[], Row>(selectApplied).all();
      const there = new Set(rows.map(({ number }) => number));
      return [
        ...rows.flatMap(({ number, name, sha256, applied_at }) => {
          const step = known.find((one) => one.number === number);
          const told = applied.get(number);
          const isKnown =
            step?.name === name && step.sha256 === sha256 && (told?.sha256 ?? sha256) === sha256;
          return isKnown && applied_at === (told?.at ?? createdAt)
            ? []
            : [`Step ${String(number)} of the database is stored otherwise than the trail says.`];
        }),
        ...known
          .filter(({ number }) => !there.has(number))
          .map(({ number }) => `Step ${String(number)} of the database is not stored.`),
      ];
    },
  };
}
