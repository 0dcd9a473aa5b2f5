/** The study's reasons for a missing answer, as the window shows them. */
import type { CodeList, Language } from '#shared/study.ts';
import type { StudyModel } from '#shared/study-model.ts';

export function missingReasons(model: StudyModel | null): CodeList | undefined {
  return model === null ? undefined : model.codeList(model.study.missingReasons);
}

export function missingLabel(model: StudyModel | null, code: string, language: Language): string {
  const entry = missingReasons(model)?.codes.find((candidate) => candidate.code === code);
  return entry === undefined ? code : `${entry.code} · ${entry.label[language]}`;
}

export function isMissingReason(model: StudyModel | null, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return missingReasons(model)?.codes.some(({ code }) => code.toLowerCase() === wanted) ?? false;
}
