/** What a copy says of itself, on its first page and in the margins of each. */
import { showStamp, type Stamp } from '#shared/casebook/moment.ts';
import { roleWords, sayIn, type Say } from '#shared/casebook/words.ts';
import type { Language, Text } from '#shared/study.ts';

export interface CopyFacts {
  readonly language: Language;
  /** "Casebook of subject 01-001" */
  readonly title: string;
  readonly study: { readonly id: string; readonly version: string; readonly name: Text };
  readonly fingerprint: string;
  readonly site: { readonly code: string; readonly name: string };
  readonly appVersion: string;
  readonly by: { readonly user: string; readonly fullName: string; readonly role: string };
  readonly made: Stamp;
  /** Of the trail when the copy was read. */
  readonly head: { readonly seq: number; readonly hash: string };
  readonly practice: boolean;
}

export const sayOf = ({ language }: CopyFacts): Say => sayIn(language);

export function studyWords({ study, language }: CopyFacts): string {
  return `${study.name[language]} (${study.id} ${sayIn(language)('version')} ${study.version})`;
}

export function siteWords({ site }: CopyFacts): string {
  return `${site.code}, ${site.name}`;
}

export function makerWords({ by, language }: CopyFacts): string {
  const name = by.fullName === by.user ? by.user : `${by.fullName} (${by.user})`;
  return `${name}, ${roleWords(by.role, language)}`;
}

export function madeWords({ made, language }: CopyFacts): string {
  return showStamp(made, language);
}
