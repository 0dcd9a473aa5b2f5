/** What a file says, cell by cell, once it is known which item each cell answers; and what could not be used of it. */
import type { RefusalCode } from '../bridge.ts';
import type { ValuePlace } from '../record.ts';
import type { Text } from '../study.ts';

/** Where in the file it stands: "C5 of Patients". */
export interface SourcePlace {
  readonly sheet: string;
  readonly row: number;
  /** Letters, as the sheet shows them. */
  readonly column: string;
}

export interface FormPlace {
  readonly event: string;
  readonly form: string;
}

/** What a person would type at a place, or the missing reason that stands there. */
export interface ImportedValue {
  readonly place: ValuePlace;
  readonly value: string | null;
  readonly missing: string | null;
  /** Relation and unit come as values of their own. */
  readonly alone: boolean;
  readonly from: SourcePlace;
}

export interface ImportedSubject {
  readonly subject: string;
  readonly values: readonly ImportedValue[];
  /** Forms that the file says are complete or further. */
  readonly complete: readonly FormPlace[];
  /** The file lists the subject as such: enrolled even when nothing is known of it. */
  readonly isListed: boolean;
}

export interface RefusedValue {
  readonly subject: string | null;
  readonly place: ValuePlace | null;
  readonly from: SourcePlace | null;
  readonly code: RefusalCode;
  /** Of the sentence in the window's locales, under "refusal"; not needed where there are words. */
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly message: string;
  readonly words: Text | null;
}

/** A file as values. Cells read = values + refused + empty; calculated and system items are left out of all three. */
export interface ImportSource {
  readonly subjects: readonly ImportedSubject[];
  readonly refused: readonly RefusedValue[];
  readonly empty: number;
  /** Cells of items that are worked out or filled in here, not read. */
  readonly calculated: number;
}

export function refusedValue(
  key: string,
  words: Text,
  about: Partial<Pick<RefusedValue, 'subject' | 'place' | 'from' | 'params'>>,
): RefusedValue {
  return {
    ...{ subject: null, place: null, from: null, params: {} },
    ...{ code: 'unreadable', key, message: words.en, words },
    ...about,
  };
}

/** Collects values by subject, in the order in which the subjects come up. */
export interface SubjectCollector {
  add(subject: string, value: ImportedValue): void;
  complete(subject: string, form: FormPlace): void;
  list(subject: string): void;
  subjects(): readonly ImportedSubject[];
}

interface Collected {
  readonly values: ImportedValue[];
  readonly complete: Map<string, FormPlace>;
  isListed: boolean;
}

export function createCollector(): SubjectCollector {
  const bySubject = new Map<string, Collected>();
  const of = (subject: string): Collected => {
    const known = bySubject.get(subject) ?? { values: [], complete: new Map(), isListed: false };
    bySubject.set(subject, known);
    return known;
  };
  return {
    add: (subject, value) => {
      of(subject).values.push(value);
    },
    complete: (subject, form) => {
      of(subject).complete.set(`${form.event}|${form.form}`, form);
    },
    list: (subject) => {
      of(subject).isListed = true;
    },
    subjects: () =>
      [...bySubject].map(([subject, { values, complete, isListed }]) => ({
        ...{ subject, values, isListed },
        complete: [...complete.values()],
      })),
  };
}
